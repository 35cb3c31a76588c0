select date_trunc('QUARTER', cast(`orders`.created_at as timestamp)) as `c0`, date_trunc('HOUR', cast(`orders`.paid_at as timestamp)) as `c1`, count(*) as `c2`
from `public`.`orders` as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select date_trunc('QUARTER', cast(`orders`.created_at as timestamp)) as `c0`, date_trunc('HOUR', cast(`orders`.paid_at as timestamp)) as `c1`, count(*) as `c2`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p1) as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
