select `orders`.status as `c0`, `orders`.is_gift as `c1`, sum(`orders`.amount) as `c2`
from `public`.`orders` as `orders`
group by 1, 2
order by 3 desc nulls last, 1 asc nulls last, 2 asc nulls last
limit 10001;

select `orders`.status as `c0`, `orders`.is_gift as `c1`, sum(`orders`.amount) as `c2`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p1) as `orders`
group by 1, 2
order by 3 desc nulls last, 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
