select `orders`.status as `c0`, `buyer`.region as `c1`
from `public`.`orders` as `orders`
left join `customers` as `buyer` on (`orders`.buyer_id = `buyer`.id)
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select `orders`.status as `c0`, `buyer`.region as `c1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
left join (select *
from `customers` as `buyer`
where `buyer`.region = {p2:String}) as `buyer` on (`orders`.buyer_id = `buyer`.id)
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a","north"]
