select "orders".id as "c0", cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz) as "c1", cast("orders".lat as varchar) || ',' || cast("orders".lon as varchar) as "c2"
from "PUBLIC"."ORDERS" as "orders"
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit 10001;

select "orders".id as "c0", cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz) as "c1", cast("orders".lat as varchar) || ',' || cast("orders".lon as varchar) as "c2"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit 10001;
-- ["a"]
