select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`, `q`.`c3` as `c3`, `q`.`c4` as `c4`
from (select count(*) as `c0`, sum(`orders`.amount) as `c1`, avg(cast(`orders`.amount as double)) as `c2`, count(distinct `orders`.buyer_id) as `c3`, 1.0 * count(case when (`orders`.status = 'paid') then 1 end) / nullif(count(*), 0) as `c4`
from `public`.`orders` as `orders`) as `q`
order by `q`.`c0` desc
limit 10001;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`, `q`.`c3` as `c3`, `q`.`c4` as `c4`
from (select count(*) as `c0`, sum(`orders`.amount) as `c1`, avg(cast(`orders`.amount as double)) as `c2`, count(distinct `orders`.buyer_id) as `c3`, 1.0 * count(case when (`orders`.status = 'paid') then 1 end) / nullif(count(*), 0) as `c4`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["a","a"]
