select date_trunc('month', cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "c0", count(*) as "c1"
from "PUBLIC"."ORDERS" as "orders"
group by 1
order by 1 asc nulls last
limit 10001;

select date_trunc('month', cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "c0", count(*) as "c1"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
