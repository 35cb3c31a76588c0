select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select `orders`.status as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
group by 1) as `q`
order by `q`.`c1` desc, `q`.`c0` is null, `q`.`c0` asc
limit 4;

select count(*) as `total`
from (select `orders`.status as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
group by 1) as `q`;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select `orders`.status as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
group by 1) as `q`
order by `q`.`c1` desc, `q`.`c0` is null, `q`.`c0` asc
limit 4;
-- ["a","a"]

select count(*) as `total`
from (select `orders`.status as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
group by 1) as `q`;
-- ["a","a"]
