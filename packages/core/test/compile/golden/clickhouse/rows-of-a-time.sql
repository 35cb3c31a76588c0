select `orders`.id as `c0`, toDateTime64(`orders`.created_at, 3, 'UTC') as `c1`, concat(toString(`orders`.lat), ',', toString(`orders`.lon)) as `c2`
from `public`.`orders` as `orders`
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit 10001;

select `orders`.id as `c0`, toDateTime64(`orders`.created_at, 3, 'UTC') as `c1`, concat(toString(`orders`.lat), ',', toString(`orders`.lon)) as `c2`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit 10001;
-- ["a"]
