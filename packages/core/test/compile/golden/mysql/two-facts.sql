select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select max(`q`.`m0`) as `c0`, max(`q`.`m1`) as `c1`
from (select count(*) as `m0`, null as `m1`
from `public`.`orders` as `orders`
union all select null as `m0`, count(*) as `m1`
from `customers` as `customers`) as `q`) as `q`
order by `q`.`c0` desc
limit 10001;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select max(`q`.`m0`) as `c0`, max(`q`.`m1`) as `c1`
from (select count(*) as `m0`, null as `m1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
union all select null as `m0`, count(*) as `m1`
from (select *
from `customers` as `customers`
where (`customers`.region = ? and cast(convert(`customers`.region using utf8mb4) as binary) in (cast(? as binary)))) as `customers`) as `q`) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["a","a","north","north"]
