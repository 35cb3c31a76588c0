select "orders".id as "c0", cast("orders".created_at as timestamp) as "c1", cast("orders".lat as varchar) || ',' || cast("orders".lon as varchar) as "c2"
from "public"."orders" as "orders"
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit $1;
-- [10001]

select "orders".id as "c0", cast("orders".created_at as timestamp) as "c1", cast("orders".lat as varchar) || ',' || cast("orders".lon as varchar) as "c2"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit $2;
-- ["a",10001]
