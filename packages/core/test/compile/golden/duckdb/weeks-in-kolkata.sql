select date_trunc('week', cast("orders".created_at as timestamp) at time zone 'UTC' at time zone $1) as "c0", count(*) as "c1"
from "public"."orders" as "orders"
group by 1
order by 1 asc nulls last
limit $2;
-- ["Asia/Kolkata",10001]

select date_trunc('week', cast("orders".created_at as timestamp) at time zone 'UTC' at time zone $1) as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $2) as "orders"
group by 1
order by 1 asc nulls last
limit $3;
-- ["Asia/Kolkata","a",10001]
