select count(*) as "c0"
from "public"."orders" as "orders"
where (strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) < ?) and (not (strftime('%Y-%m-%dT%H:%M:%f', "orders".paid_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".paid_at) < ?) or "orders".paid_at is null) and strftime('%Y-%m-%dT%H:%M:%f', "orders".paid_at) >= ?
order by 1 desc nulls last
limit 10001;
-- ["2025-12-31T23:00:00.000","2026-12-31T23:00:00.000","2026-02-28T23:00:00.000","2026-03-31T22:00:00.000","2026-03-29T22:00:00.000"]

select count(*) as "c0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
where (strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) < ?) and (not (strftime('%Y-%m-%dT%H:%M:%f', "orders".paid_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".paid_at) < ?) or "orders".paid_at is null) and strftime('%Y-%m-%dT%H:%M:%f', "orders".paid_at) >= ?
order by 1 desc nulls last
limit 10001;
-- ["a","2025-12-31T23:00:00.000","2026-12-31T23:00:00.000","2026-02-28T23:00:00.000","2026-03-31T22:00:00.000","2026-03-29T22:00:00.000"]
