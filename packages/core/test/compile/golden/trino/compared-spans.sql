select "q"."g0" as "c0", "q"."period" as "c1", "q"."m0" as "c2"
from (select date_trunc('month', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'UTC') as timestamp(3))) as "g0", 0 as "period", count(*) as "m0"
from "public"."orders" as "orders"
where ("orders".created_at >= cast(? as timestamp(3)) and "orders".created_at < cast(? as timestamp(3)))
group by 1
union all select date_trunc('month', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'UTC') as timestamp(3))) as "g0", 1 as "period", count(*) as "m0"
from "public"."orders" as "orders"
where ("orders".created_at >= cast(? as timestamp(3)) and "orders".created_at < cast(? as timestamp(3)))
group by 1) as "q"
order by 2 asc nulls last, 1 asc nulls last
limit 10001;
-- ["2026-01-01 00:00:00.000","2026-03-01 00:00:00.000","2026-03-01 00:00:00.000","2026-05-01 00:00:00.000"]

select "q"."g0" as "c0", "q"."period" as "c1", "q"."m0" as "c2"
from (select date_trunc('month', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'UTC') as timestamp(3))) as "g0", 0 as "period", count(*) as "m0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
where ("orders".created_at >= cast(? as timestamp(3)) and "orders".created_at < cast(? as timestamp(3)))
group by 1
union all select date_trunc('month', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'UTC') as timestamp(3))) as "g0", 1 as "period", count(*) as "m0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
where ("orders".created_at >= cast(? as timestamp(3)) and "orders".created_at < cast(? as timestamp(3)))
group by 1) as "q"
order by 2 asc nulls last, 1 asc nulls last
limit 10001;
-- ["a","2026-01-01 00:00:00.000","2026-03-01 00:00:00.000","a","2026-03-01 00:00:00.000","2026-05-01 00:00:00.000"]
