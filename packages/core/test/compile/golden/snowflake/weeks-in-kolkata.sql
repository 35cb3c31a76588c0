select dateadd(day, floor(datediff(day, cast('2000-01-03 00:00:00.000' as timestamp_ntz), cast(convert_timezone('Asia/Kolkata', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) / cast(7 as double)) * 7, cast('2000-01-03 00:00:00.000' as timestamp_ntz)) as "c0", count(*) as "c1"
from "PUBLIC"."ORDERS" as "orders"
group by 1
order by 1 asc nulls last
limit 10001;

select dateadd(day, floor(datediff(day, cast('2000-01-03 00:00:00.000' as timestamp_ntz), cast(convert_timezone('Asia/Kolkata', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) / cast(7 as double)) * 7, cast('2000-01-03 00:00:00.000' as timestamp_ntz)) as "c0", count(*) as "c1"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
