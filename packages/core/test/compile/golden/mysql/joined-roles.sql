select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `buyer`.name as `c0`, `payer`.name as `c1`, count(*) as `c2`
from `public`.`orders` as `orders`
left join `customers` as `buyer` on (`orders`.buyer_id = `buyer`.id)
left join `customers` as `payer` on (`orders`.payer_id = `payer`.id)
group by 1, 2) as `q`
order by `q`.`c2` desc, `q`.`c0` is null, `q`.`c0` asc, `q`.`c1` is null, `q`.`c1` asc
limit 10001;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `buyer`.name as `c0`, `payer`.name as `c1`, count(*) as `c2`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
left join (select *
from `customers` as `buyer`
where (`buyer`.region = ? and cast(convert(`buyer`.region using utf8mb4) as binary) in (cast(? as binary)))) as `buyer` on (`orders`.buyer_id = `buyer`.id)
left join (select *
from `customers` as `payer`
where (`payer`.region = ? and cast(convert(`payer`.region using utf8mb4) as binary) in (cast(? as binary)))) as `payer` on (`orders`.payer_id = `payer`.id)
group by 1, 2) as `q`
order by `q`.`c2` desc, `q`.`c0` is null, `q`.`c0` asc, `q`.`c1` is null, `q`.`c1` asc
limit 10001;
-- ["a","a","north","north","north","north"]
