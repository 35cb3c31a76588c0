select date_trunc('WEEK', from_utc_timestamp(cast(`orders`.created_at as timestamp), 'Asia/Kolkata')) as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
group by 1
order by 1 asc nulls last
limit 10001;

select date_trunc('WEEK', from_utc_timestamp(cast(`orders`.created_at as timestamp), 'Asia/Kolkata')) as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p1) as `orders`
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
