select count(*) as "c0"
from "PUBLIC"."ORDERS" as "orders"
left join "CUSTOMERS" as "buyer" on ("orders".buyer_id = "buyer".id)
where (cast("buyer".email as varchar) ilike ? escape '!' or cast("buyer".email as varchar) ilike ? escape '!' or cast("buyer".email as varchar) ilike ? escape '!') and cast("buyer".email as varchar) ilike ? escape '!' and (not (cast("buyer".email as varchar) ilike ? escape '!') or "buyer".email is null)
order by 1 desc nulls last
limit 10001;
-- ["%100!%%","%a!_b\\%","%[a-z]!!%","A%","%c"]

select count(*) as "c0"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
left join (select *
from "CUSTOMERS" as "buyer"
where "buyer".region = ?) as "buyer" on ("orders".buyer_id = "buyer".id)
where (cast("buyer".email as varchar) ilike ? escape '!' or cast("buyer".email as varchar) ilike ? escape '!' or cast("buyer".email as varchar) ilike ? escape '!') and cast("buyer".email as varchar) ilike ? escape '!' and (not (cast("buyer".email as varchar) ilike ? escape '!') or "buyer".email is null)
order by 1 desc nulls last
limit 10001;
-- ["a","north","%100!%%","%a!_b\\%","%[a-z]!!%","A%","%c"]
