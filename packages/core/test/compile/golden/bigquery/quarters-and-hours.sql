select datetime_trunc(datetime(cast(`orders`.created_at as timestamp)), quarter) as `c0`, datetime_trunc(datetime(cast(`orders`.paid_at as timestamp)), hour) as `c1`, count(*) as `c2`
from `public`.`orders` as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select datetime_trunc(datetime(cast(`orders`.created_at as timestamp)), quarter) as `c0`, datetime_trunc(datetime(cast(`orders`.paid_at as timestamp)), hour) as `c1`, count(*) as `c2`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = ?) as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
