select count(*) as "c0"
from "public"."orders" as "orders"
where ("orders".created_at >= cast($1 as timestamp) and "orders".created_at < cast($2 as timestamp)) and (not ("orders".paid_at >= cast($3 as timestamp) and "orders".paid_at < cast($4 as timestamp)) or "orders".paid_at is null) and "orders".paid_at >= cast($5 as timestamp)
order by 1 desc nulls last
limit 10001;
-- ["2025-12-31 23:00:00.000","2026-12-31 23:00:00.000","2026-02-28 23:00:00.000","2026-03-31 22:00:00.000","2026-03-29 22:00:00.000"]

select count(*) as "c0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
where ("orders".created_at >= cast($2 as timestamp) and "orders".created_at < cast($3 as timestamp)) and (not ("orders".paid_at >= cast($4 as timestamp) and "orders".paid_at < cast($5 as timestamp)) or "orders".paid_at is null) and "orders".paid_at >= cast($6 as timestamp)
order by 1 desc nulls last
limit 10001;
-- ["a","2025-12-31 23:00:00.000","2026-12-31 23:00:00.000","2026-02-28 23:00:00.000","2026-03-31 22:00:00.000","2026-03-29 22:00:00.000"]
