select count(*) filter (where ("orders".status = 'paid')) as "c0", sum("orders".amount) filter (where ("orders".amount >= 50) and (not "orders".is_gift)) as "c1", min("orders".amount) as "c2", max("orders".amount) as "c3"
from "public"."orders" as "orders"
order by 1 desc nulls last
limit 10001;

select count(*) filter (where ("orders".status = 'paid')) as "c0", sum("orders".amount) filter (where ("orders".amount >= 50) and (not "orders".is_gift)) as "c1", min("orders".amount) as "c2", max("orders".amount) as "c3"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
order by 1 desc nulls last
limit 10001;
-- ["a"]
