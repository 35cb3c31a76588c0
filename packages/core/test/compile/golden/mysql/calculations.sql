select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`, `q`.`c3` as `c3`, `q`.`c4` as `c4`
from (select `q`.`g0` as `c0`, `q`.`m0` as `c1`, cast(round(cast(((cast(`q`.`m1` as double) / nullif(cast(`q`.`m0` as double), 0))) as decimal(65, 20)), cast(cast(cast(? as signed) as double) as signed)) as double) as `c2`, (case when ((cast(mod(cast(`q`.`m0` as double), nullif(cast(cast(? as signed) as double), 0)) as double) = cast(cast(? as signed) as double) and cast(`q`.`m1` as double) > cast(cast(? as signed) as double))) then cast(cast(? as signed) as double) else cast(cast(? as signed) as double) end) as `c3`, least(greatest(sqrt(nullif(greatest(cast(cast(`q`.`m1` as double) as double), cast('-1e-300' as double)), cast('-1e-300' as double))), ln(nullif(greatest(cast(cast(`q`.`m0` as double) as double), cast('0' as double)), cast('0' as double)))), (select case when y * ln(abs(nullif(x, 0))) < -690 then 0 when (x > 0 or (x = 0 and y >= 0) or (x < 0 and y = floor(y))) and coalesce(y * ln(abs(nullif(x, 0))), 0) < 690 then power(x, y) end
from json_table(json_array(json_array(cast(cast(`q`.`m0` as double) as double), cast(cast(cast(? as signed) as double) as double))), '$[*]' columns (x double path '$[0]', y double path '$[1]')) as u)) as `c4`
from (select `orders`.status as `g0`, count(*) as `m0`, sum(`orders`.amount) as `m1`
from `public`.`orders` as `orders`
group by 1) as `q`) as `q`
order by `q`.`c2` desc, `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["2","2","1","0","1","0","2"]

select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`, `q`.`c3` as `c3`, `q`.`c4` as `c4`
from (select `q`.`g0` as `c0`, `q`.`m0` as `c1`, cast(round(cast(((cast(`q`.`m1` as double) / nullif(cast(`q`.`m0` as double), 0))) as decimal(65, 20)), cast(cast(cast(? as signed) as double) as signed)) as double) as `c2`, (case when ((cast(mod(cast(`q`.`m0` as double), nullif(cast(cast(? as signed) as double), 0)) as double) = cast(cast(? as signed) as double) and cast(`q`.`m1` as double) > cast(cast(? as signed) as double))) then cast(cast(? as signed) as double) else cast(cast(? as signed) as double) end) as `c3`, least(greatest(sqrt(nullif(greatest(cast(cast(`q`.`m1` as double) as double), cast('-1e-300' as double)), cast('-1e-300' as double))), ln(nullif(greatest(cast(cast(`q`.`m0` as double) as double), cast('0' as double)), cast('0' as double)))), (select case when y * ln(abs(nullif(x, 0))) < -690 then 0 when (x > 0 or (x = 0 and y >= 0) or (x < 0 and y = floor(y))) and coalesce(y * ln(abs(nullif(x, 0))), 0) < 690 then power(x, y) end
from json_table(json_array(json_array(cast(cast(`q`.`m0` as double) as double), cast(cast(cast(? as signed) as double) as double))), '$[*]' columns (x double path '$[0]', y double path '$[1]')) as u)) as `c4`
from (select `orders`.status as `g0`, count(*) as `m0`, sum(`orders`.amount) as `m1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
group by 1) as `q`) as `q`
order by `q`.`c2` desc, `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["2","2","1","0","1","0","2","a","a"]
