select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select `q`.`g0` as `c0`, `q`.`m0` as `c1`
from (select `orders`.status as `g0`, count(*) as `m0`
from `public`.`orders` as `orders`
group by 1) as `q`
where ((`q`.`g0` = ? and cast(convert(`q`.`g0` using utf8mb4) as binary) in (cast(? as binary))) or `q`.`m0` > cast(? as signed))) as `q`
order by `q`.`c1` desc, `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["paid","paid","1"]

select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select `q`.`g0` as `c0`, `q`.`m0` as `c1`
from (select `orders`.status as `g0`, count(*) as `m0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
group by 1) as `q`
where ((`q`.`g0` = ? and cast(convert(`q`.`g0` using utf8mb4) as binary) in (cast(? as binary))) or `q`.`m0` > cast(? as signed))) as `q`
order by `q`.`c1` desc, `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["a","a","paid","paid","1"]
