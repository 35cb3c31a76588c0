select `orders`.status as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
group by 1
order by 2 desc nulls last, 1 asc nulls last
limit 4;

select count(*) as `total`
from (select `orders`.status as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
group by 1) as `q`;

select `orders`.status as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p1) as `orders`
group by 1
order by 2 desc nulls last, 1 asc nulls last
limit 4;
-- ["a"]

select count(*) as `total`
from (select `orders`.status as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p1) as `orders`
group by 1) as `q`;
-- ["a"]
