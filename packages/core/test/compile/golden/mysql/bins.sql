select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select case when `orders`.amount < cast(0 as double) then cast(0 as double) when `orders`.amount >= cast(50 as double) then cast(50 as double) else round(floor(round(cast(`orders`.amount as double) / cast(0.1 as double), 9)) * cast(0.1 as double), 1) end as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
group by 1) as `q`
order by `q`.`c0` is null, `q`.`c0` asc
limit 10001;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select case when `orders`.amount < cast(0 as double) then cast(0 as double) when `orders`.amount >= cast(50 as double) then cast(50 as double) else round(floor(round(cast(`orders`.amount as double) / cast(0.1 as double), 9)) * cast(0.1 as double), 1) end as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
group by 1) as `q`
order by `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["a","a"]
