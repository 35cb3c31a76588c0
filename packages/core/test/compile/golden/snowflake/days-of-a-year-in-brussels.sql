select date_trunc('day', cast(convert_timezone('Europe/Brussels', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "c0", count(*) as "c1"
from "PUBLIC"."ORDERS" as "orders"
where ("orders".created_at >= cast(? as timestamp_tz) and "orders".created_at < cast(? as timestamp_tz))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z"]

select date_trunc('day', cast(convert_timezone('Europe/Brussels', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "c0", count(*) as "c1"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
where ("orders".created_at >= cast(? as timestamp_tz) and "orders".created_at < cast(? as timestamp_tz))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a","2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z"]
