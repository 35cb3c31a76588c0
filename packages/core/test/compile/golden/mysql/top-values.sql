select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `q`.`g0` as `c0`, `q`.`flag` = 1 as `c1`, `q`.`m0` as `c2`
from (select case when `top_values`.`di_top` is not null then cast(`orders`.status as char) else cast(? as char) end as `g0`, case when `top_values`.`di_top` is not null then 0 else 1 end as `flag`, sum(`orders`.amount) as `m0`
from `public`.`orders` as `orders`
left join (select `q`.`v` as `v`, `q`.`di_top` as `di_top`, `q`.`r` as `r`
from (select `q`.`g0` as `v`, 1 as `di_top`, `q`.`m0` as `r`
from (select `orders`.status as `g0`, sum(`orders`.amount) as `m0`
from `public`.`orders` as `orders`
group by 1) as `q`) as `q`
order by `q`.`r` desc, `q`.`v` is null, `q`.`v` asc
limit 1) as `top_values` on coalesce(cast(`orders`.status as char), ?) = coalesce(cast(`top_values`.`v` as char), ?) and (case when `orders`.status is null then 1 else 0 end) = (case when `top_values`.`v` is null then 1 else 0 end)
group by 1, 2) as `q`) as `q`
order by `q`.`c1` is null, `q`.`c1` asc, `q`.`c2` desc, `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["Others","",""]

select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `q`.`g0` as `c0`, `q`.`flag` = 1 as `c1`, `q`.`m0` as `c2`
from (select case when `top_values`.`di_top` is not null then cast(`orders`.status as char) else cast(? as char) end as `g0`, case when `top_values`.`di_top` is not null then 0 else 1 end as `flag`, sum(`orders`.amount) as `m0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
left join (select `q`.`v` as `v`, `q`.`di_top` as `di_top`, `q`.`r` as `r`
from (select `q`.`g0` as `v`, 1 as `di_top`, `q`.`m0` as `r`
from (select `orders`.status as `g0`, sum(`orders`.amount) as `m0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
group by 1) as `q`) as `q`
order by `q`.`r` desc, `q`.`v` is null, `q`.`v` asc
limit 1) as `top_values` on coalesce(cast(`orders`.status as char), ?) = coalesce(cast(`top_values`.`v` as char), ?) and (case when `orders`.status is null then 1 else 0 end) = (case when `top_values`.`v` is null then 1 else 0 end)
group by 1, 2) as `q`) as `q`
order by `q`.`c1` is null, `q`.`c1` asc, `q`.`c2` desc, `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["Others","a","a","a","a","",""]
