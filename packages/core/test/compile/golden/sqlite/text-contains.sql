select count(*) as "c0"
from "public"."orders" as "orders"
left join "customers" as "buyer" on ("orders".buyer_id = "buyer".id)
where (cast("buyer".email as text) like ? escape '!' or cast("buyer".email as text) like ? escape '!' or cast("buyer".email as text) like ? escape '!') and cast("buyer".email as text) like ? escape '!' and (not (cast("buyer".email as text) like ? escape '!') or "buyer".email is null)
order by 1 desc nulls last
limit 10001;
-- ["%100!%%","%a!_b\\%","%[a-z]!!%","A%","%c"]

select count(*) as "c0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
left join (select *
from "customers" as "buyer"
where "buyer".region = ?) as "buyer" on ("orders".buyer_id = "buyer".id)
where (cast("buyer".email as text) like ? escape '!' or cast("buyer".email as text) like ? escape '!' or cast("buyer".email as text) like ? escape '!') and cast("buyer".email as text) like ? escape '!' and (not (cast("buyer".email as text) like ? escape '!') or "buyer".email is null)
order by 1 desc nulls last
limit 10001;
-- ["a","north","%100!%%","%a!_b\\%","%[a-z]!!%","A%","%c"]
