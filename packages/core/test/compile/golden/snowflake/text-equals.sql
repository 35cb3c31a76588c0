select count(*) as "c0"
from "PUBLIC"."ORDERS" as "orders"
left join "CUSTOMERS" as "buyer" on ("orders".buyer_id = "buyer".id)
where "orders".status in (?, ?) and ("buyer".name <> ? or "buyer".name is null)
order by 1 desc nulls last
limit 10001;
-- ["paid","o'pen","Ann"]

select count(*) as "c0"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
left join (select *
from "CUSTOMERS" as "buyer"
where "buyer".region = ?) as "buyer" on ("orders".buyer_id = "buyer".id)
where "orders".status in (?, ?) and ("buyer".name <> ? or "buyer".name is null)
order by 1 desc nulls last
limit 10001;
-- ["a","north","paid","o'pen","Ann"]
