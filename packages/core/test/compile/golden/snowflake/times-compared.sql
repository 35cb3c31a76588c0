select count(*) as "c0"
from "PUBLIC"."ORDERS" as "orders"
where ("orders".created_at >= cast(? as timestamp_tz) and "orders".created_at < cast(? as timestamp_tz)) and (not ("orders".paid_at >= cast(? as timestamp_tz) and "orders".paid_at < cast(? as timestamp_tz)) or "orders".paid_at is null) and "orders".paid_at >= cast(? as timestamp_tz)
order by 1 desc nulls last
limit 10001;
-- ["2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z","2026-02-28T23:00:00.000Z","2026-03-31T22:00:00.000Z","2026-03-29T22:00:00.000Z"]

select count(*) as "c0"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
where ("orders".created_at >= cast(? as timestamp_tz) and "orders".created_at < cast(? as timestamp_tz)) and (not ("orders".paid_at >= cast(? as timestamp_tz) and "orders".paid_at < cast(? as timestamp_tz)) or "orders".paid_at is null) and "orders".paid_at >= cast(? as timestamp_tz)
order by 1 desc nulls last
limit 10001;
-- ["a","2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z","2026-02-28T23:00:00.000Z","2026-03-31T22:00:00.000Z","2026-03-29T22:00:00.000Z"]
