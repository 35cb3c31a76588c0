select "orders".status as "c0", sum("orders".amount) as "c1"
from "PUBLIC"."ORDERS" as "orders"
group by 1
order by 2 desc nulls last, 1 asc nulls last
limit 21
offset 1;

select "orders".status as "c0", sum("orders".amount) as "c1"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
group by 1
order by 2 desc nulls last, 1 asc nulls last
limit 21
offset 1;
-- ["a"]
