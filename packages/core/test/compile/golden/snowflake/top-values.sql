select "q"."g0" as "c0", "q"."flag" = 1 as "c1", "q"."m0" as "c2"
from (select case when "top_values"."di_top" is not null then cast("orders".status as varchar) else cast(? as varchar) end as "g0", case when "top_values"."di_top" is not null then 0 else 1 end as "flag", sum("orders".amount) as "m0"
from "PUBLIC"."ORDERS" as "orders"
left join (select "q"."g0" as "v", 1 as "di_top", "q"."m0" as "r"
from (select "orders".status as "g0", sum("orders".amount) as "m0"
from "PUBLIC"."ORDERS" as "orders"
group by 1) as "q"
order by 3 desc nulls last, 1 asc nulls last
limit 1) as "top_values" on coalesce(cast("orders".status as varchar), ?) = coalesce(cast("top_values"."v" as varchar), ?) and (case when "orders".status is null then 1 else 0 end) = (case when "top_values"."v" is null then 1 else 0 end)
group by 1, 2) as "q"
order by 2 asc nulls last, 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["Others","",""]

select "q"."g0" as "c0", "q"."flag" = 1 as "c1", "q"."m0" as "c2"
from (select case when "top_values"."di_top" is not null then cast("orders".status as varchar) else cast(? as varchar) end as "g0", case when "top_values"."di_top" is not null then 0 else 1 end as "flag", sum("orders".amount) as "m0"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
left join (select "q"."g0" as "v", 1 as "di_top", "q"."m0" as "r"
from (select "orders".status as "g0", sum("orders".amount) as "m0"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
group by 1) as "q"
order by 3 desc nulls last, 1 asc nulls last
limit 1) as "top_values" on coalesce(cast("orders".status as varchar), ?) = coalesce(cast("top_values"."v" as varchar), ?) and (case when "orders".status is null then 1 else 0 end) = (case when "top_values"."v" is null then 1 else 0 end)
group by 1, 2) as "q"
order by 2 asc nulls last, 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["Others","a","a","",""]
