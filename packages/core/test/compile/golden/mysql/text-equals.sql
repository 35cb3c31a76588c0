select `q`.`c0` as `c0`
from (select count(*) as `c0`
from `public`.`orders` as `orders`
left join `customers` as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (`orders`.status in (?, ?) and cast(convert(`orders`.status using utf8mb4) as binary) in (cast(? as binary), cast(? as binary))) and (not (`buyer`.name = ? and cast(convert(`buyer`.name using utf8mb4) as binary) in (cast(? as binary))) or `buyer`.name is null)) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["paid","o'pen","paid","o'pen","Ann","Ann"]

select `q`.`c0` as `c0`
from (select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
left join (select *
from `customers` as `buyer`
where (`buyer`.region = ? and cast(convert(`buyer`.region using utf8mb4) as binary) in (cast(? as binary)))) as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (`orders`.status in (?, ?) and cast(convert(`orders`.status using utf8mb4) as binary) in (cast(? as binary), cast(? as binary))) and (not (`buyer`.name = ? and cast(convert(`buyer`.name using utf8mb4) as binary) in (cast(? as binary))) or `buyer`.name is null)) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["a","a","north","north","paid","o'pen","paid","o'pen","Ann","Ann"]
