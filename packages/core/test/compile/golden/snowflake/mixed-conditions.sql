select "q"."g0" as "c0", "q"."m0" as "c1"
from (select "orders".status as "g0", count(*) as "m0"
from "PUBLIC"."ORDERS" as "orders"
group by 1) as "q"
where ("q"."g0" = ? or "q"."m0" > cast(? as bigint))
order by 2 desc nulls last, 1 asc nulls last
limit 10001;
-- ["paid","1"]

select "q"."g0" as "c0", "q"."m0" as "c1"
from (select "orders".status as "g0", count(*) as "m0"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
group by 1) as "q"
where ("q"."g0" = ? or "q"."m0" > cast(? as bigint))
order by 2 desc nulls last, 1 asc nulls last
limit 10001;
-- ["a","paid","1"]
