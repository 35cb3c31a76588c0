select `q`.`g0` as `c0`, `q`.`m0` as `c1`, cast(round(((cast(`q`.`m1` as double) / nullif(cast(`q`.`m0` as double), 0))), cast(cast(cast(:p1 as bigint) as double) as int)) as double) as `c2`, (case when ((cast(mod(cast(`q`.`m0` as double), nullif(cast(cast(:p2 as bigint) as double), 0)) as double) = cast(cast(:p3 as bigint) as double) and cast(`q`.`m1` as double) > cast(cast(:p4 as bigint) as double))) then cast(cast(:p5 as bigint) as double) else cast(cast(:p6 as bigint) as double) end) as `c3`, nullif(least(coalesce(cast(nullif(greatest(coalesce(cast(sqrt(nullif(greatest(cast(cast(`q`.`m1` as double) as double), cast('-1e-300' as double)), cast('-1e-300' as double))) as double), cast('1.7e+308' as double)), coalesce(cast(ln(nullif(greatest(cast(cast(`q`.`m0` as double) as double), cast('0' as double)), cast('0' as double))) as double), cast('1.7e+308' as double))), cast('1.7e+308' as double)) as double), cast('-1.7e+308' as double)), coalesce(cast(nullif(nullif(nullif(power(cast(cast(`q`.`m0` as double) as double), cast(cast(cast(:p7 as bigint) as double) as double)), cast('nan' as double)), cast('inf' as double)), cast('-inf' as double)) as double), cast('-1.7e+308' as double))), cast('-1.7e+308' as double)) as `c4`
from (select `orders`.status as `g0`, count(*) as `m0`, sum(`orders`.amount) as `m1`
from `public`.`orders` as `orders`
group by 1) as `q`
order by 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["2","2","1","0","1","0","2"]

select `q`.`g0` as `c0`, `q`.`m0` as `c1`, cast(round(((cast(`q`.`m1` as double) / nullif(cast(`q`.`m0` as double), 0))), cast(cast(cast(:p1 as bigint) as double) as int)) as double) as `c2`, (case when ((cast(mod(cast(`q`.`m0` as double), nullif(cast(cast(:p2 as bigint) as double), 0)) as double) = cast(cast(:p3 as bigint) as double) and cast(`q`.`m1` as double) > cast(cast(:p4 as bigint) as double))) then cast(cast(:p5 as bigint) as double) else cast(cast(:p6 as bigint) as double) end) as `c3`, nullif(least(coalesce(cast(nullif(greatest(coalesce(cast(sqrt(nullif(greatest(cast(cast(`q`.`m1` as double) as double), cast('-1e-300' as double)), cast('-1e-300' as double))) as double), cast('1.7e+308' as double)), coalesce(cast(ln(nullif(greatest(cast(cast(`q`.`m0` as double) as double), cast('0' as double)), cast('0' as double))) as double), cast('1.7e+308' as double))), cast('1.7e+308' as double)) as double), cast('-1.7e+308' as double)), coalesce(cast(nullif(nullif(nullif(power(cast(cast(`q`.`m0` as double) as double), cast(cast(cast(:p7 as bigint) as double) as double)), cast('nan' as double)), cast('inf' as double)), cast('-inf' as double)) as double), cast('-1.7e+308' as double))), cast('-1.7e+308' as double)) as `c4`
from (select `orders`.status as `g0`, count(*) as `m0`, sum(`orders`.amount) as `m1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p8) as `orders`
group by 1) as `q`
order by 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["2","2","1","0","1","0","2","a"]
