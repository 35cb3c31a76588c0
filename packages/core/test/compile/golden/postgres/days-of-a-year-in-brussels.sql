select date_trunc('day', cast("orders".created_at as timestamptz) at time zone cast($1 as text)) as "c0", count(*) as "c1"
from "public"."orders" as "orders"
where ("orders".created_at >= cast($2 as timestamptz) and "orders".created_at < cast($3 as timestamptz))
group by 1
order by 1 asc nulls last
limit $4;
-- ["Europe/Brussels","2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z",10001]

select date_trunc('day', cast("orders".created_at as timestamptz) at time zone cast($1 as text)) as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $2) as "orders"
where ("orders".created_at >= cast($3 as timestamptz) and "orders".created_at < cast($4 as timestamptz))
group by 1
order by 1 asc nulls last
limit $5;
-- ["Europe/Brussels","a","2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z",10001]
