select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`, `q`.`c3` as `c3`, `q`.`c4` as `c4`
from (select `q`.`g0` as `c0`, `q`.`g1` as `c1`, `q`.`grouping` as `c2`, `q`.`m0` as `c3`, `q`.`m1` as `c4`, `q`.`r0` as `c5`, `q`.`r1` as `c6`
from (select `orders`.status as `g0`, `orders`.is_gift as `g1`, 0 as `r0`, 0 as `r1`, 0 as `grouping`, sum(`orders`.amount) as `m0`, avg(cast(`orders`.amount as double)) as `m1`
from `public`.`orders` as `orders`
group by 1, 2
union all select `orders`.status as `g0`, null as `g1`, 0 as `r0`, 1 as `r1`, 2 as `grouping`, sum(`orders`.amount) as `m0`, avg(cast(`orders`.amount as double)) as `m1`
from `public`.`orders` as `orders`
group by 1
union all select null as `g0`, null as `g1`, 1 as `r0`, 1 as `r1`, 3 as `grouping`, sum(`orders`.amount) as `m0`, avg(cast(`orders`.amount as double)) as `m1`
from `public`.`orders` as `orders`) as `q`) as `q`
order by `q`.`c5` is null, `q`.`c5` asc, `q`.`c0` is null, `q`.`c0` asc, `q`.`c6` is null, `q`.`c6` asc, `q`.`c1` is null, `q`.`c1` asc
limit 10001;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`, `q`.`c3` as `c3`, `q`.`c4` as `c4`
from (select `q`.`g0` as `c0`, `q`.`g1` as `c1`, `q`.`grouping` as `c2`, `q`.`m0` as `c3`, `q`.`m1` as `c4`, `q`.`r0` as `c5`, `q`.`r1` as `c6`
from (select `orders`.status as `g0`, `orders`.is_gift as `g1`, 0 as `r0`, 0 as `r1`, 0 as `grouping`, sum(`orders`.amount) as `m0`, avg(cast(`orders`.amount as double)) as `m1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
group by 1, 2
union all select `orders`.status as `g0`, null as `g1`, 0 as `r0`, 1 as `r1`, 2 as `grouping`, sum(`orders`.amount) as `m0`, avg(cast(`orders`.amount as double)) as `m1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
group by 1
union all select null as `g0`, null as `g1`, 1 as `r0`, 1 as `r1`, 3 as `grouping`, sum(`orders`.amount) as `m0`, avg(cast(`orders`.amount as double)) as `m1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`) as `q`) as `q`
order by `q`.`c5` is null, `q`.`c5` asc, `q`.`c0` is null, `q`.`c0` asc, `q`.`c6` is null, `q`.`c6` asc, `q`.`c1` is null, `q`.`c1` asc
limit 10001;
-- ["a","a","a","a","a","a"]
