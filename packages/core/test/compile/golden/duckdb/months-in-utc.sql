select date_trunc('month', cast("orders".created_at as timestamp)) as "c0", count(*) as "c1"
from "public"."orders" as "orders"
group by 1
order by 1 asc nulls last
limit $1;
-- [10001]

select date_trunc('month', cast("orders".created_at as timestamp)) as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
group by 1
order by 1 asc nulls last
limit $2;
-- ["a",10001]
