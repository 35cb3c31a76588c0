select count(*) as "c0"
from "public"."orders" as "orders"
where ("orders".created_at >= cast($1 as timestamptz) and "orders".created_at < cast($2 as timestamptz)) and (not ("orders".paid_at >= cast($3 as timestamptz) and "orders".paid_at < cast($4 as timestamptz)) or "orders".paid_at is null) and "orders".paid_at >= cast($5 as timestamptz)
order by 1 desc nulls last
limit $6;
-- ["2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z","2026-02-28T23:00:00.000Z","2026-03-31T22:00:00.000Z","2026-03-29T22:00:00.000Z",10001]

select count(*) as "c0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
where ("orders".created_at >= cast($2 as timestamptz) and "orders".created_at < cast($3 as timestamptz)) and (not ("orders".paid_at >= cast($4 as timestamptz) and "orders".paid_at < cast($5 as timestamptz)) or "orders".paid_at is null) and "orders".paid_at >= cast($6 as timestamptz)
order by 1 desc nulls last
limit $7;
-- ["a","2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z","2026-02-28T23:00:00.000Z","2026-03-31T22:00:00.000Z","2026-03-29T22:00:00.000Z",10001]
