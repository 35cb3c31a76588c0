select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select `orders`.status as `c0`, `buyer`.region as `c1`
from `public`.`orders` as `orders`
left join `customers` as `buyer` on (`orders`.buyer_id = `buyer`.id)
group by 1, 2) as `q`
order by `q`.`c0` is null, `q`.`c0` asc, `q`.`c1` is null, `q`.`c1` asc
limit 10001;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select `orders`.status as `c0`, `buyer`.region as `c1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
left join (select *
from `customers` as `buyer`
where (`buyer`.region = ? and cast(convert(`buyer`.region using utf8mb4) as binary) in (cast(? as binary)))) as `buyer` on (`orders`.buyer_id = `buyer`.id)
group by 1, 2) as `q`
order by `q`.`c0` is null, `q`.`c0` asc, `q`.`c1` is null, `q`.`c1` asc
limit 10001;
-- ["a","a","north","north"]
