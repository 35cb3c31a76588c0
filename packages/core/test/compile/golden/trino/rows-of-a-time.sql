select "orders".id as "c0", cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'UTC') as timestamp(3)) as "c1", cast("orders".lat as varchar) || ',' || cast("orders".lon as varchar) as "c2"
from "public"."orders" as "orders"
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit 10001;

select "orders".id as "c0", cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'UTC') as timestamp(3)) as "c1", cast("orders".lat as varchar) || ',' || cast("orders".lon as varchar) as "c2"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit 10001;
-- ["a"]
