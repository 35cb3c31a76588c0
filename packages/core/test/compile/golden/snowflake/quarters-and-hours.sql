select date_trunc('quarter', cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "c0", date_trunc('hour', cast(convert_timezone('UTC', cast("orders".paid_at as timestamp_tz)) as timestamp_ntz)) as "c1", count(*) as "c2"
from "PUBLIC"."ORDERS" as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select date_trunc('quarter', cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "c0", date_trunc('hour', cast(convert_timezone('UTC', cast("orders".paid_at as timestamp_tz)) as timestamp_ntz)) as "c1", count(*) as "c2"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
