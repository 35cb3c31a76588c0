select "q"."g0" as "c0", "q"."m0" as "c1"
from (select "orders".status as "g0", count(*) as "m0"
from "public"."orders" as "orders"
group by 1) as "q"
where ("q"."g0" = $1 or "q"."m0" > cast($2 as bigint))
order by 2 desc nulls last, 1 asc nulls last
limit 10001;
-- ["paid",1]

select "q"."g0" as "c0", "q"."m0" as "c1"
from (select "orders".status as "g0", count(*) as "m0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
group by 1) as "q"
where ("q"."g0" = $2 or "q"."m0" > cast($3 as bigint))
order by 2 desc nulls last, 1 asc nulls last
limit 10001;
-- ["a","paid",1]
