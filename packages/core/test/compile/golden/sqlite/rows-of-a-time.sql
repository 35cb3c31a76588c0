select "orders".id as "c0", strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) as "c1", cast("orders".lat as text) || ',' || cast("orders".lon as text) as "c2"
from "public"."orders" as "orders"
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit 10001;

select "orders".id as "c0", strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) as "c1", cast("orders".lat as text) || ',' || cast("orders".lon as text) as "c2"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit 10001;
-- ["a"]
