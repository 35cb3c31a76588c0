select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select `orders`.status as `c0`, count(*) as `c1`, sum(`orders`.amount) as `c2`
from `public`.`orders` as `orders`
group by 1) as `q`
order by `q`.`c2` desc nulls last, `q`.`c0` asc nulls last
limit 10001;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select `orders`.status as `c0`, count(*) as `c1`, sum(`orders`.amount) as `c2`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p1) as `orders`
group by 1) as `q`
order by `q`.`c2` desc nulls last, `q`.`c0` asc nulls last
limit 10001;
-- ["a"]
