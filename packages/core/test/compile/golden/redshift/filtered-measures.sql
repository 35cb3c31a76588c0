select count(case when ("orders".status = 'paid') then 1 end) as "c0", sum(case when ("orders".amount >= 50) and (not "orders".is_gift) then "orders".amount end) as "c1", min("orders".amount) as "c2", max("orders".amount) as "c3"
from "public"."orders" as "orders"
order by 1 desc nulls last
limit 10001;

select count(case when ("orders".status = 'paid') then 1 end) as "c0", sum(case when ("orders".amount >= 50) and (not "orders".is_gift) then "orders".amount end) as "c1", min("orders".amount) as "c2", max("orders".amount) as "c3"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
order by 1 desc nulls last
limit 10001;
-- ["a"]
