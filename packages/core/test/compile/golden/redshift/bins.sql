select case when "orders".amount < cast(0 as double precision) then cast(0 as double precision) when "orders".amount >= cast(50 as double precision) then cast(50 as double precision) else round(floor(round(cast("orders".amount as double precision) / cast(0.1 as double precision), 9)) * cast(0.1 as double precision), 1) end as "c0", count(*) as "c1"
from "public"."orders" as "orders"
group by 1
order by 1 asc nulls last
limit 10001;

select case when "orders".amount < cast(0 as double precision) then cast(0 as double precision) when "orders".amount >= cast(50 as double precision) then cast(50 as double precision) else round(floor(round(cast("orders".amount as double precision) / cast(0.1 as double precision), 9)) * cast(0.1 as double precision), 1) end as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
