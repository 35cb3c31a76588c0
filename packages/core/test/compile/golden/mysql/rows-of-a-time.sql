select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `orders`.id as `c0`, cast(`orders`.created_at as datetime(6)) as `c1`, concat(cast(`orders`.lat as char), ',', cast(`orders`.lon as char)) as `c2`
from `public`.`orders` as `orders`) as `q`
order by `q`.`c0` is null, `q`.`c0` asc, `q`.`c1` is null, `q`.`c1` asc, `q`.`c2` is null, `q`.`c2` asc
limit 10001;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `orders`.id as `c0`, cast(`orders`.created_at as datetime(6)) as `c1`, concat(cast(`orders`.lat as char), ',', cast(`orders`.lon as char)) as `c2`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`) as `q`
order by `q`.`c0` is null, `q`.`c0` asc, `q`.`c1` is null, `q`.`c1` asc, `q`.`c2` is null, `q`.`c2` asc
limit 10001;
-- ["a","a"]
