select date_trunc('day', convert_timezone('UTC', 'Europe/Brussels', cast("orders".created_at as timestamp))) as "c0", count(*) as "c1"
from "public"."orders" as "orders"
where ("orders".created_at >= cast($1 as timestamp) and "orders".created_at < cast($2 as timestamp))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["2025-12-31 23:00:00.000","2026-12-31 23:00:00.000"]

select date_trunc('day', convert_timezone('UTC', 'Europe/Brussels', cast("orders".created_at as timestamp))) as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
where ("orders".created_at >= cast($2 as timestamp) and "orders".created_at < cast($3 as timestamp))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a","2025-12-31 23:00:00.000","2026-12-31 23:00:00.000"]
