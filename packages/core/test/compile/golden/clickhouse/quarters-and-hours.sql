select toDateTime64(dateTrunc('quarter', toDateTime64(`orders`.created_at, 3, 'UTC')), 3, 'UTC') as `c0`, toDateTime64(dateTrunc('hour', toDateTime64(`orders`.paid_at, 3, 'UTC')), 3, 'UTC') as `c1`, count(*) as `c2`
from `public`.`orders` as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select toDateTime64(dateTrunc('quarter', toDateTime64(`orders`.created_at, 3, 'UTC')), 3, 'UTC') as `c0`, toDateTime64(dateTrunc('hour', toDateTime64(`orders`.paid_at, 3, 'UTC')), 3, 'UTC') as `c1`, count(*) as `c2`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
