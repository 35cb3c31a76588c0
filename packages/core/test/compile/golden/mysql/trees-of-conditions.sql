select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `orders`.status as `c0`, count(*) as `c1`, sum(`orders`.amount) as `c2`
from `public`.`orders` as `orders`
left join `customers` as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (`orders`.is_gift) and ((`orders`.status = ? and cast(convert(`orders`.status using utf8mb4) as binary) in (cast(? as binary))) or (`orders`.quantity > cast(? as signed) and `buyer`.region is not null))
group by 1
having sum(`orders`.amount) > cast(? as signed)) as `q`
order by `q`.`c1` desc, `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["open","open","1","1"]

select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `orders`.status as `c0`, count(*) as `c1`, sum(`orders`.amount) as `c2`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
left join (select *
from `customers` as `buyer`
where (`buyer`.region = ? and cast(convert(`buyer`.region using utf8mb4) as binary) in (cast(? as binary)))) as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (`orders`.is_gift) and ((`orders`.status = ? and cast(convert(`orders`.status using utf8mb4) as binary) in (cast(? as binary))) or (`orders`.quantity > cast(? as signed) and `buyer`.region is not null))
group by 1
having sum(`orders`.amount) > cast(? as signed)) as `q`
order by `q`.`c1` desc, `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["a","a","north","north","open","open","1","1"]
