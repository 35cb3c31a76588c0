select "q"."g0" as "c0", "q"."m0" as "c1", cast(round(((cast("q"."m1" as double) / nullif(cast("q"."m0" as double), 0))), cast(cast(cast(? as bigint) as double) as integer)) as double) as "c2", (case when ((cast(mod(cast("q"."m0" as double), nullif(cast(cast(? as bigint) as double), 0)) as double) = cast(cast(? as bigint) as double) and cast("q"."m1" as double) > cast(cast(? as bigint) as double))) then cast(cast(? as bigint) as double) else cast(cast(? as bigint) as double) end) as "c3", least(greatest(sqrt(nullif(greatest(cast(cast("q"."m1" as double) as double), cast('-1e-300' as double)), cast('-1e-300' as double))), ln(nullif(greatest(cast(cast("q"."m0" as double) as double), cast('0' as double)), cast('0' as double)))), nullif(nullif(nullif(power(cast(cast("q"."m0" as double) as double), cast(cast(cast(? as bigint) as double) as double)), cast('nan' as double)), cast('inf' as double)), cast('-inf' as double))) as "c4"
from (select "orders".status as "g0", count(*) as "m0", sum("orders".amount) as "m1"
from "PUBLIC"."ORDERS" as "orders"
group by 1) as "q"
order by 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["2","2","1","0","1","0","2"]

select "q"."g0" as "c0", "q"."m0" as "c1", cast(round(((cast("q"."m1" as double) / nullif(cast("q"."m0" as double), 0))), cast(cast(cast(? as bigint) as double) as integer)) as double) as "c2", (case when ((cast(mod(cast("q"."m0" as double), nullif(cast(cast(? as bigint) as double), 0)) as double) = cast(cast(? as bigint) as double) and cast("q"."m1" as double) > cast(cast(? as bigint) as double))) then cast(cast(? as bigint) as double) else cast(cast(? as bigint) as double) end) as "c3", least(greatest(sqrt(nullif(greatest(cast(cast("q"."m1" as double) as double), cast('-1e-300' as double)), cast('-1e-300' as double))), ln(nullif(greatest(cast(cast("q"."m0" as double) as double), cast('0' as double)), cast('0' as double)))), nullif(nullif(nullif(power(cast(cast("q"."m0" as double) as double), cast(cast(cast(? as bigint) as double) as double)), cast('nan' as double)), cast('inf' as double)), cast('-inf' as double))) as "c4"
from (select "orders".status as "g0", count(*) as "m0", sum("orders".amount) as "m1"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
group by 1) as "q"
order by 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["2","2","1","0","1","0","2","a"]
