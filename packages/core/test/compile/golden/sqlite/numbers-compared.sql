select count(*) as "c0"
from "public"."orders" as "orders"
where "orders".amount >= cast(? as real) and "orders".id = cast(? as integer) and ("orders".amount / "orders".quantity) < cast(? as real) and ("orders".quantity not in (cast(? as integer), cast(? as integer)) or "orders".quantity is null)
order by 1 desc nulls last
limit 10001;
-- ["-12.50","9007199254740993","1e+300","1","2"]

select count(*) as "c0"
from (select *
from "public"."orders" as "orders"
where ("orders".tenant = ? and "orders".amount >= cast(? as real) and "orders".id = cast(? as integer) and ("orders".quantity not in (cast(? as integer), cast(? as integer)) or "orders".quantity is null))
limit -1) as "orders"
where ("orders".amount / "orders".quantity) < cast(? as real)
order by 1 desc nulls last
limit 10001;
-- ["a","-12.50","9007199254740993","1","2","1e+300"]
