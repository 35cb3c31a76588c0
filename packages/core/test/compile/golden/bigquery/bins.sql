select case when `orders`.amount < cast(0 as float64) then cast(0 as float64) when `orders`.amount >= cast(50 as float64) then cast(50 as float64) else round(floor(round(cast(`orders`.amount as float64) / cast(0.1 as float64), 9)) * cast(0.1 as float64), 1) end as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
group by 1
order by 1 asc nulls last
limit 10001;

select case when `orders`.amount < cast(0 as float64) then cast(0 as float64) when `orders`.amount >= cast(50 as float64) then cast(50 as float64) else round(floor(round(cast(`orders`.amount as float64) / cast(0.1 as float64), 9)) * cast(0.1 as float64), 1) end as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = ?) as `orders`
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
