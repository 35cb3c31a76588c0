select `q`.`c0` as `c0`
from (select count(*) as `c0`
from `public`.`orders` as `orders`
where `orders`.is_gift = true and `orders`.status is not null and `orders`.paid_at is null) as `q`
order by `q`.`c0` desc
limit 10001;

select `q`.`c0` as `c0`
from (select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
where `orders`.is_gift = true and `orders`.status is not null and `orders`.paid_at is null) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["a","a"]
