select case when `orders`.amount < toFloat64(0) then toFloat64(0) when `orders`.amount >= toFloat64(50) then toFloat64(50) else round(floor(round(toFloat64(`orders`.amount) / toFloat64(0.1), 9)) * toFloat64(0.1), 1) end as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
group by 1
order by 1 asc nulls last
limit 10001;

select case when `orders`.amount < toFloat64(0) then toFloat64(0) when `orders`.amount >= toFloat64(50) then toFloat64(50) else round(floor(round(toFloat64(`orders`.amount) / toFloat64(0.1), 9)) * toFloat64(0.1), 1) end as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
