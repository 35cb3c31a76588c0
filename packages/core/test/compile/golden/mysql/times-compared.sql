select `q`.`c0` as `c0`
from (select count(*) as `c0`
from `public`.`orders` as `orders`
where (`orders`.created_at >= cast(? as datetime(6)) and `orders`.created_at < cast(? as datetime(6))) and (not (`orders`.paid_at >= cast(? as datetime(6)) and `orders`.paid_at < cast(? as datetime(6))) or `orders`.paid_at is null) and `orders`.paid_at >= cast(? as datetime(6))) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["2025-12-31 23:00:00.000","2026-12-31 23:00:00.000","2026-02-28 23:00:00.000","2026-03-31 22:00:00.000","2026-03-29 22:00:00.000"]

select `q`.`c0` as `c0`
from (select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
where (`orders`.created_at >= cast(? as datetime(6)) and `orders`.created_at < cast(? as datetime(6))) and (not (`orders`.paid_at >= cast(? as datetime(6)) and `orders`.paid_at < cast(? as datetime(6))) or `orders`.paid_at is null) and `orders`.paid_at >= cast(? as datetime(6))) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["a","a","2025-12-31 23:00:00.000","2026-12-31 23:00:00.000","2026-02-28 23:00:00.000","2026-03-31 22:00:00.000","2026-03-29 22:00:00.000"]
