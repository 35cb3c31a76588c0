select count(*) as "c0"
from "public"."orders" as "orders"
left join "customers" as "buyer" on ("orders".buyer_id = "buyer".id)
where "orders".status in ($1, $2) and ("buyer".name <> $3 or "buyer".name is null)
order by 1 desc nulls last
limit $4;
-- ["paid","o'pen","Ann",10001]

select count(*) as "c0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
left join (select *
from "customers" as "buyer"
where "buyer".region = $2) as "buyer" on ("orders".buyer_id = "buyer".id)
where "orders".status in ($3, $4) and ("buyer".name <> $5 or "buyer".name is null)
order by 1 desc nulls last
limit $6;
-- ["a","north","paid","o'pen","Ann",10001]
