select "q"."g0" as "c0", "q"."period" as "c1", "q"."m0" as "c2"
from (select date_trunc('month', cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "g0", 0 as "period", count(*) as "m0"
from "PUBLIC"."ORDERS" as "orders"
where ("orders".created_at >= cast(? as timestamp_tz) and "orders".created_at < cast(? as timestamp_tz))
group by 1
union all select date_trunc('month', cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "g0", 1 as "period", count(*) as "m0"
from "PUBLIC"."ORDERS" as "orders"
where ("orders".created_at >= cast(? as timestamp_tz) and "orders".created_at < cast(? as timestamp_tz))
group by 1) as "q"
order by 2 asc nulls last, 1 asc nulls last
limit 10001;
-- ["2026-01-01T00:00:00.000Z","2026-03-01T00:00:00.000Z","2026-03-01T00:00:00.000Z","2026-05-01T00:00:00.000Z"]

select "q"."g0" as "c0", "q"."period" as "c1", "q"."m0" as "c2"
from (select date_trunc('month', cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "g0", 0 as "period", count(*) as "m0"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
where ("orders".created_at >= cast(? as timestamp_tz) and "orders".created_at < cast(? as timestamp_tz))
group by 1
union all select date_trunc('month', cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "g0", 1 as "period", count(*) as "m0"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
where ("orders".created_at >= cast(? as timestamp_tz) and "orders".created_at < cast(? as timestamp_tz))
group by 1) as "q"
order by 2 asc nulls last, 1 asc nulls last
limit 10001;
-- ["a","2026-01-01T00:00:00.000Z","2026-03-01T00:00:00.000Z","a","2026-03-01T00:00:00.000Z","2026-05-01T00:00:00.000Z"]
