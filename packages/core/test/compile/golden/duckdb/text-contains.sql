select count(*) as "c0"
from "public"."orders" as "orders"
left join "customers" as "buyer" on ("orders".buyer_id = "buyer".id)
where (cast("buyer".email as varchar) ilike $1 escape '!' or cast("buyer".email as varchar) ilike $2 escape '!' or cast("buyer".email as varchar) ilike $3 escape '!') and cast("buyer".email as varchar) ilike $4 escape '!' and (not (cast("buyer".email as varchar) ilike $5 escape '!') or "buyer".email is null)
order by 1 desc nulls last
limit $6;
-- ["%100!%%","%a!_b\\%","%[a-z]!!%","A%","%c",10001]

select count(*) as "c0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
left join (select *
from "customers" as "buyer"
where "buyer".region = $2) as "buyer" on ("orders".buyer_id = "buyer".id)
where (cast("buyer".email as varchar) ilike $3 escape '!' or cast("buyer".email as varchar) ilike $4 escape '!' or cast("buyer".email as varchar) ilike $5 escape '!') and cast("buyer".email as varchar) ilike $6 escape '!' and (not (cast("buyer".email as varchar) ilike $7 escape '!') or "buyer".email is null)
order by 1 desc nulls last
limit $8;
-- ["a","north","%100!%%","%a!_b\\%","%[a-z]!!%","A%","%c",10001]
