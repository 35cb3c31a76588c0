select max("q"."m0") as "c0", max("q"."m1") as "c1"
from (select count(*) as "m0", null as "m1"
from "public"."orders" as "orders"
union all select null as "m0", count(*) as "m1"
from "customers" as "customers") as "q"
order by 1 desc nulls last
limit 10001;

select max("q"."m0") as "c0", max("q"."m1") as "c1"
from (select count(*) as "m0", null as "m1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
union all select null as "m0", count(*) as "m1"
from (select *
from "customers" as "customers"
where "customers".region = ?) as "customers") as "q"
order by 1 desc nulls last
limit 10001;
-- ["a","north"]
