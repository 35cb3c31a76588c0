select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `q`.`g0` as `c0`, `q`.`period` as `c1`, `q`.`m0` as `c2`
from (select cast(date_format(cast(`orders`.created_at as datetime(6)), '%Y-%m-01') as datetime) as `g0`, 0 as `period`, count(*) as `m0`
from `public`.`orders` as `orders`
where (`orders`.created_at >= cast(? as datetime(6)) and `orders`.created_at < cast(? as datetime(6)))
group by 1
union all select cast(date_format(cast(`orders`.created_at as datetime(6)), '%Y-%m-01') as datetime) as `g0`, 1 as `period`, count(*) as `m0`
from `public`.`orders` as `orders`
where (`orders`.created_at >= cast(? as datetime(6)) and `orders`.created_at < cast(? as datetime(6)))
group by 1) as `q`) as `q`
order by `q`.`c1` is null, `q`.`c1` asc, `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["2026-01-01 00:00:00.000","2026-03-01 00:00:00.000","2026-03-01 00:00:00.000","2026-05-01 00:00:00.000"]

select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `q`.`g0` as `c0`, `q`.`period` as `c1`, `q`.`m0` as `c2`
from (select cast(date_format(cast(`orders`.created_at as datetime(6)), '%Y-%m-01') as datetime) as `g0`, 0 as `period`, count(*) as `m0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
where (`orders`.created_at >= cast(? as datetime(6)) and `orders`.created_at < cast(? as datetime(6)))
group by 1
union all select cast(date_format(cast(`orders`.created_at as datetime(6)), '%Y-%m-01') as datetime) as `g0`, 1 as `period`, count(*) as `m0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
where (`orders`.created_at >= cast(? as datetime(6)) and `orders`.created_at < cast(? as datetime(6)))
group by 1) as `q`) as `q`
order by `q`.`c1` is null, `q`.`c1` asc, `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["a","a","2026-01-01 00:00:00.000","2026-03-01 00:00:00.000","a","a","2026-03-01 00:00:00.000","2026-05-01 00:00:00.000"]
