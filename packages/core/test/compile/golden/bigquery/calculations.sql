select `q`.`g0` as `c0`, `q`.`m0` as `c1`, cast(round(((cast(`q`.`m1` as float64) / nullif(cast(`q`.`m0` as float64), 0))), cast(cast(cast(? as int64) as float64) as int64)) as float64) as `c2`, (case when ((cast(mod(cast(cast(`q`.`m0` as float64) as bignumeric), nullif(cast(cast(cast(? as int64) as float64) as bignumeric), 0)) as float64) = cast(cast(? as int64) as float64) and cast(`q`.`m1` as float64) > cast(cast(? as int64) as float64))) then cast(cast(? as int64) as float64) else cast(cast(? as int64) as float64) end) as `c3`, least(greatest(safe.sqrt(cast(cast(`q`.`m1` as float64) as float64)), safe.ln(cast(cast(`q`.`m0` as float64) as float64))), safe.pow(cast(cast(`q`.`m0` as float64) as float64), cast(cast(cast(? as int64) as float64) as float64))) as `c4`
from (select `orders`.status as `g0`, count(*) as `m0`, sum(`orders`.amount) as `m1`
from `public`.`orders` as `orders`
group by 1) as `q`
order by 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["2","2","1","0","1","0","2"]

select `q`.`g0` as `c0`, `q`.`m0` as `c1`, cast(round(((cast(`q`.`m1` as float64) / nullif(cast(`q`.`m0` as float64), 0))), cast(cast(cast(? as int64) as float64) as int64)) as float64) as `c2`, (case when ((cast(mod(cast(cast(`q`.`m0` as float64) as bignumeric), nullif(cast(cast(cast(? as int64) as float64) as bignumeric), 0)) as float64) = cast(cast(? as int64) as float64) and cast(`q`.`m1` as float64) > cast(cast(? as int64) as float64))) then cast(cast(? as int64) as float64) else cast(cast(? as int64) as float64) end) as `c3`, least(greatest(safe.sqrt(cast(cast(`q`.`m1` as float64) as float64)), safe.ln(cast(cast(`q`.`m0` as float64) as float64))), safe.pow(cast(cast(`q`.`m0` as float64) as float64), cast(cast(cast(? as int64) as float64) as float64))) as `c4`
from (select `orders`.status as `g0`, count(*) as `m0`, sum(`orders`.amount) as `m1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = ?) as `orders`
group by 1) as `q`
order by 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["2","2","1","0","1","0","2","a"]
