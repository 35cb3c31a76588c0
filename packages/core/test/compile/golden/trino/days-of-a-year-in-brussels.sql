select date_trunc('day', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'Europe/Brussels') as timestamp(3))) as "c0", count(*) as "c1"
from "public"."orders" as "orders"
where ("orders".created_at >= cast(? as timestamp(3)) and "orders".created_at < cast(? as timestamp(3)))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["2025-12-31 23:00:00.000","2026-12-31 23:00:00.000"]

select date_trunc('day', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'Europe/Brussels') as timestamp(3))) as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
where ("orders".created_at >= cast(? as timestamp(3)) and "orders".created_at < cast(? as timestamp(3)))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a","2025-12-31 23:00:00.000","2026-12-31 23:00:00.000"]
