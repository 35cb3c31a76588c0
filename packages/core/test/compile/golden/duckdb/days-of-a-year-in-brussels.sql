select date_trunc('day', cast("orders".created_at as timestamp) + to_seconds(case when cast("orders".created_at as timestamp) < cast($1 as timestamp) then cast($2 as bigint) when cast("orders".created_at as timestamp) < cast($3 as timestamp) then cast($4 as bigint) else cast($5 as bigint) end)) as "c0", count(*) as "c1"
from "public"."orders" as "orders"
where ("orders".created_at >= cast($6 as timestamp) and "orders".created_at < cast($7 as timestamp))
group by 1
order by 1 asc nulls last
limit $8;
-- ["2026-03-29T01:00:00.000Z",3600,"2026-10-25T01:00:00.000Z",7200,3600,"2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z",10001]

select date_trunc('day', cast("orders".created_at as timestamp) + to_seconds(case when cast("orders".created_at as timestamp) < cast($1 as timestamp) then cast($2 as bigint) when cast("orders".created_at as timestamp) < cast($3 as timestamp) then cast($4 as bigint) else cast($5 as bigint) end)) as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $6) as "orders"
where ("orders".created_at >= cast($7 as timestamp) and "orders".created_at < cast($8 as timestamp))
group by 1
order by 1 asc nulls last
limit $9;
-- ["2026-03-29T01:00:00.000Z",3600,"2026-10-25T01:00:00.000Z",7200,3600,"a","2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z",10001]
