select count(*) as "c0", sum("orders".amount) as "c1", avg(cast("orders".amount as double)) as "c2", count(distinct "orders".buyer_id) as "c3", 1.0 * count(case when ("orders".status = 'paid') then 1 end) / nullif(count(*), 0) as "c4"
from "PUBLIC"."ORDERS" as "orders"
order by 1 desc nulls last
limit 10001;

select count(*) as "c0", sum("orders".amount) as "c1", avg(cast("orders".amount as double)) as "c2", count(distinct "orders".buyer_id) as "c3", 1.0 * count(case when ("orders".status = 'paid') then 1 end) / nullif(count(*), 0) as "c4"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
order by 1 desc nulls last
limit 10001;
-- ["a"]
