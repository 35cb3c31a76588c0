select case when "orders".amount < cast(0 as real) then cast(0 as real) when "orders".amount >= cast(50 as real) then cast(50 as real) else round(floor(round(cast("orders".amount as real) / cast(0.1 as real), 9)) * cast(0.1 as real), 1) end as "c0", count(*) as "c1"
from "public"."orders" as "orders"
group by 1
order by 1 asc nulls last
limit 10001;

select case when "orders".amount < cast(0 as real) then cast(0 as real) when "orders".amount >= cast(50 as real) then cast(50 as real) else round(floor(round(cast("orders".amount as real) / cast(0.1 as real), 9)) * cast(0.1 as real), 1) end as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
