select case when "orders".amount < cast(0 as double) then cast(0 as double) when "orders".amount >= cast(50 as double) then cast(50 as double) else round(floor(round(cast("orders".amount as double) / cast(0.1 as double), 9)) * cast(0.1 as double), 1) end as "c0", count(*) as "c1"
from "PUBLIC"."ORDERS" as "orders"
group by 1
order by 1 asc nulls last
limit 10001;

select case when "orders".amount < cast(0 as double) then cast(0 as double) when "orders".amount >= cast(50 as double) then cast(50 as double) else round(floor(round(cast("orders".amount as double) / cast(0.1 as double), 9)) * cast(0.1 as double), 1) end as "c0", count(*) as "c1"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
