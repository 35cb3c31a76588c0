select `orders`.status as `c0`, count(*) as `c1`, sum(`orders`.amount) as `c2`
from `public`.`orders` as `orders`
left join `customers` as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (`orders`.is_gift) and (`orders`.status = :p1 or (`orders`.quantity > cast(:p2 as bigint) and `buyer`.region is not null))
group by 1
having sum(`orders`.amount) > cast(:p3 as bigint)
order by 2 desc nulls last, 1 asc nulls last
limit 10001;
-- ["open","1","1"]

select `orders`.status as `c0`, count(*) as `c1`, sum(`orders`.amount) as `c2`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p1) as `orders`
left join (select *
from `customers` as `buyer`
where `buyer`.region = :p2) as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (`orders`.is_gift) and (`orders`.status = :p3 or (`orders`.quantity > cast(:p4 as bigint) and `buyer`.region is not null))
group by 1
having sum(`orders`.amount) > cast(:p5 as bigint)
order by 2 desc nulls last, 1 asc nulls last
limit 10001;
-- ["a","north","open","1","1"]
