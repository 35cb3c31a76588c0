select count(*) as `c0`
from `public`.`orders` as `orders`
left join `customers` as `buyer` on (`orders`.buyer_id = `buyer`.id)
where `orders`.status in ({p1:String}, {p2:String}) and (`buyer`.name <> {p3:String} or `buyer`.name is null)
order by 1 desc nulls last
limit 10001;
-- ["paid","o'pen","Ann"]

select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
left join (select *
from `customers` as `buyer`
where `buyer`.region = {p2:String}) as `buyer` on (`orders`.buyer_id = `buyer`.id)
where `orders`.status in ({p3:String}, {p4:String}) and (`buyer`.name <> {p5:String} or `buyer`.name is null)
order by 1 desc nulls last
limit 10001;
-- ["a","north","paid","o'pen","Ann"]
