select "orders".status as "c0", sum("orders".amount) as "c1"
from "public"."orders" as "orders"
group by 1
order by 2 desc nulls last, 1 asc nulls last
offset 1
limit 21;

select "orders".status as "c0", sum("orders".amount) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
group by 1
order by 2 desc nulls last, 1 asc nulls last
offset 1
limit 21;
-- ["a"]
