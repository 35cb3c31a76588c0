select dateadd(day, floor(datediff(day, cast('2000-01-09 00:00:00.000' as timestamp_ntz), cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) / cast(7 as double)) * 7, cast('2000-01-09 00:00:00.000' as timestamp_ntz)) as "c0", dateadd(month, floor((datediff(month, cast('1970-01-01 00:00:00.000' as timestamp_ntz), cast(convert_timezone('UTC', cast("orders".paid_at as timestamp_tz)) as timestamp_ntz)) - 3) / cast(12 as double)) * 12 + 3, cast('1970-01-01 00:00:00.000' as timestamp_ntz)) as "c1", count(*) as "c2"
from "PUBLIC"."ORDERS" as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select dateadd(day, floor(datediff(day, cast('2000-01-09 00:00:00.000' as timestamp_ntz), cast(convert_timezone('UTC', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) / cast(7 as double)) * 7, cast('2000-01-09 00:00:00.000' as timestamp_ntz)) as "c0", dateadd(month, floor((datediff(month, cast('1970-01-01 00:00:00.000' as timestamp_ntz), cast(convert_timezone('UTC', cast("orders".paid_at as timestamp_tz)) as timestamp_ntz)) - 3) / cast(12 as double)) * 12 + 3, cast('1970-01-01 00:00:00.000' as timestamp_ntz)) as "c1", count(*) as "c2"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
