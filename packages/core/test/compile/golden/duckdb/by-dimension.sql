select "orders".status as "c0", sum("orders".amount) as "c1"
from "public"."orders" as "orders"
group by 1
order by 2 desc nulls last, 1 asc nulls last
limit $1
offset $2;
-- [21,1]

select "orders".status as "c0", sum("orders".amount) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
group by 1
order by 2 desc nulls last, 1 asc nulls last
limit $2
offset $3;
-- ["a",21,1]
