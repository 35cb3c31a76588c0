select datetime_trunc(datetime(cast(`orders`.created_at as timestamp)), month) as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
group by 1
order by 1 asc nulls last
limit 10001;

select datetime_trunc(datetime(cast(`orders`.created_at as timestamp)), month) as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = ?) as `orders`
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
