select count(*) as "c0"
from "PUBLIC"."ORDERS" as "orders"
where "orders".amount >= cast(? as number(38, 2)) and "orders".id = cast(? as bigint) and ("orders".amount / "orders".quantity) < cast(? as double) and ("orders".quantity not in (cast(? as bigint), cast(? as bigint)) or "orders".quantity is null)
order by 1 desc nulls last
limit 10001;
-- ["-12.50","9007199254740993","1e+300","1","2"]

select count(*) as "c0"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where ("orders".tenant = ? and "orders".amount >= cast(? as number(38, 2)) and "orders".id = cast(? as bigint) and ("orders".quantity not in (cast(? as bigint), cast(? as bigint)) or "orders".quantity is null))
limit 9223372036854775807) as "orders"
where ("orders".amount / "orders".quantity) < cast(? as double)
order by 1 desc nulls last
limit 10001;
-- ["a","-12.50","9007199254740993","1","2","1e+300"]
