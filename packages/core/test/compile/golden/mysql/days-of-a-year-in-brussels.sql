select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select cast(date(date_add(cast(`orders`.created_at as datetime(6)), interval case when cast(`orders`.created_at as datetime(6)) < timestamp'2026-10-25 01:00:00' then case when cast(`orders`.created_at as datetime(6)) < timestamp'2026-03-29 01:00:00' then 3600 else 7200 end else 3600 end second)) as datetime) as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
where (`orders`.created_at >= cast(? as datetime(6)) and `orders`.created_at < cast(? as datetime(6)))
group by 1) as `q`
order by `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["2025-12-31 23:00:00.000","2026-12-31 23:00:00.000"]

select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select cast(date(date_add(cast(`orders`.created_at as datetime(6)), interval case when cast(`orders`.created_at as datetime(6)) < timestamp'2026-10-25 01:00:00' then case when cast(`orders`.created_at as datetime(6)) < timestamp'2026-03-29 01:00:00' then 3600 else 7200 end else 3600 end second)) as datetime) as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
where (`orders`.created_at >= cast(? as datetime(6)) and `orders`.created_at < cast(? as datetime(6)))
group by 1) as `q`
order by `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["a","a","2025-12-31 23:00:00.000","2026-12-31 23:00:00.000"]
