select dateadd(day, cast(floor(datediff(day, timestamp '2000-01-09 00:00:00.000', cast("orders".created_at as timestamp)) / cast(7 as double precision)) as bigint) * 7, timestamp '2000-01-09 00:00:00.000') as "c0", dateadd(month, cast(floor((datediff(month, timestamp '1970-01-01 00:00:00.000', cast("orders".paid_at as timestamp)) - 3) / cast(12 as double precision)) * 12 + 3 as integer), timestamp '1970-01-01 00:00:00.000') as "c1", count(*) as "c2"
from "public"."orders" as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select dateadd(day, cast(floor(datediff(day, timestamp '2000-01-09 00:00:00.000', cast("orders".created_at as timestamp)) / cast(7 as double precision)) as bigint) * 7, timestamp '2000-01-09 00:00:00.000') as "c0", dateadd(month, cast(floor((datediff(month, timestamp '1970-01-01 00:00:00.000', cast("orders".paid_at as timestamp)) - 3) / cast(12 as double precision)) * 12 + 3 as integer), timestamp '1970-01-01 00:00:00.000') as "c1", count(*) as "c2"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
