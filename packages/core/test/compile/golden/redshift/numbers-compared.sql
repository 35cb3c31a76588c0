select count(*) as "c0"
from "public"."orders" as "orders"
where "orders".amount >= cast($1 as decimal(38, 2)) and "orders".id = cast($2 as bigint) and ("orders".amount / "orders".quantity) < cast($3 as double precision) and ("orders".quantity not in (cast($4 as bigint), cast($5 as bigint)) or "orders".quantity is null)
order by 1 desc nulls last
limit 10001;
-- ["-12.50","9007199254740993","1e+300",1,2]

select count(*) as "c0"
from (select *
from "public"."orders" as "orders"
where ("orders".tenant = $1 and "orders".amount >= cast($2 as decimal(38, 2)) and "orders".id = cast($3 as bigint) and ("orders".quantity not in (cast($4 as bigint), cast($5 as bigint)) or "orders".quantity is null))
offset 0) as "orders"
where ("orders".amount / "orders".quantity) < cast($6 as double precision)
order by 1 desc nulls last
limit 10001;
-- ["a","-12.50","9007199254740993",1,2,"1e+300"]
