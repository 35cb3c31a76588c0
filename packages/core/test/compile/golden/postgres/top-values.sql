select "q"."g0" as "c0", "q"."flag" = 1 as "c1", "q"."m0" as "c2"
from (select case when "top_values"."di_top" is not null then cast("orders".status as text) else cast($1 as text) end as "g0", case when "top_values"."di_top" is not null then 0 else 1 end as "flag", sum("orders".amount) as "m0"
from "public"."orders" as "orders"
left join (select "q"."g0" as "v", 1 as "di_top", "q"."m0" as "r"
from (select "orders".status as "g0", sum("orders".amount) as "m0"
from "public"."orders" as "orders"
group by 1) as "q"
order by 3 desc nulls last, 1 asc nulls last
limit $2) as "top_values" on coalesce(cast("orders".status as text), $3) = coalesce(cast("top_values"."v" as text), $4) and (case when "orders".status is null then 1 else 0 end) = (case when "top_values"."v" is null then 1 else 0 end)
group by 1, 2) as "q"
order by 2 asc nulls last, 3 desc nulls last, 1 asc nulls last
limit $5;
-- ["Others",1,"","",10001]

select "q"."g0" as "c0", "q"."flag" = 1 as "c1", "q"."m0" as "c2"
from (select case when "top_values"."di_top" is not null then cast("orders".status as text) else cast($1 as text) end as "g0", case when "top_values"."di_top" is not null then 0 else 1 end as "flag", sum("orders".amount) as "m0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $2) as "orders"
left join (select "q"."g0" as "v", 1 as "di_top", "q"."m0" as "r"
from (select "orders".status as "g0", sum("orders".amount) as "m0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $3) as "orders"
group by 1) as "q"
order by 3 desc nulls last, 1 asc nulls last
limit $4) as "top_values" on coalesce(cast("orders".status as text), $5) = coalesce(cast("top_values"."v" as text), $6) and (case when "orders".status is null then 1 else 0 end) = (case when "top_values"."v" is null then 1 else 0 end)
group by 1, 2) as "q"
order by 2 asc nulls last, 3 desc nulls last, 1 asc nulls last
limit $7;
-- ["Others","a","a",1,"","",10001]
