select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`, `q`.`c3` as `c3`
from (select count(case when (`orders`.status = 'paid') then 1 end) as `c0`, sum(case when (`orders`.amount >= 50) and (not `orders`.is_gift) then `orders`.amount end) as `c1`, min(`orders`.amount) as `c2`, max(`orders`.amount) as `c3`
from `public`.`orders` as `orders`) as `q`
order by `q`.`c0` desc
limit 10001;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`, `q`.`c3` as `c3`
from (select count(case when (`orders`.status = 'paid') then 1 end) as `c0`, sum(case when (`orders`.amount >= 50) and (not `orders`.is_gift) then `orders`.amount end) as `c1`, min(`orders`.amount) as `c2`, max(`orders`.amount) as `c3`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["a","a"]
