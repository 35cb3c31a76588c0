select count(*) as "c0"
from "PUBLIC"."ORDERS" as "orders"
where "orders".is_gift = true and "orders".status is not null and "orders".paid_at is null
order by 1 desc nulls last
limit 10001;

select count(*) as "c0"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
where "orders".is_gift = true and "orders".status is not null and "orders".paid_at is null
order by 1 desc nulls last
limit 10001;
-- ["a"]
