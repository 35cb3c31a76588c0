select "q"."g0" as "c0", "q"."m0" as "c1", cast((round(((cast("q"."m1" as real) / nullif(cast("q"."m0" as real), 0))) / power(10.0, max(-(cast(cast(? as integer) as real)), 0)), max(cast(cast(? as integer) as real), 0)) * power(10.0, max(-(cast(cast(? as integer) as real)), 0))) as real) as "c2", (case when ((cast(mod(cast("q"."m0" as real), nullif(cast(cast(? as integer) as real), 0)) as real) = cast(cast(? as integer) as real) and cast("q"."m1" as real) > cast(cast(? as integer) as real))) then cast(cast(? as integer) as real) else cast(cast(? as integer) as real) end) as "c3", min(max(sqrt(nullif(max(cast(cast("q"."m1" as real) as real), cast('-1e-300' as real)), cast('-1e-300' as real))), ln(nullif(max(cast(cast("q"."m0" as real) as real), cast('0' as real)), cast('0' as real)))), nullif(nullif(power(cast(cast("q"."m0" as real) as real), cast(cast(cast(? as integer) as real) as real)), 9e999), -9e999)) as "c4"
from (select "orders".status as "g0", count(*) as "m0", sum("orders".amount) as "m1"
from "public"."orders" as "orders"
group by 1) as "q"
order by 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["2","2","2","2","1","0","1","0","2"]

select "q"."g0" as "c0", "q"."m0" as "c1", cast((round(((cast("q"."m1" as real) / nullif(cast("q"."m0" as real), 0))) / power(10.0, max(-(cast(cast(? as integer) as real)), 0)), max(cast(cast(? as integer) as real), 0)) * power(10.0, max(-(cast(cast(? as integer) as real)), 0))) as real) as "c2", (case when ((cast(mod(cast("q"."m0" as real), nullif(cast(cast(? as integer) as real), 0)) as real) = cast(cast(? as integer) as real) and cast("q"."m1" as real) > cast(cast(? as integer) as real))) then cast(cast(? as integer) as real) else cast(cast(? as integer) as real) end) as "c3", min(max(sqrt(nullif(max(cast(cast("q"."m1" as real) as real), cast('-1e-300' as real)), cast('-1e-300' as real))), ln(nullif(max(cast(cast("q"."m0" as real) as real), cast('0' as real)), cast('0' as real)))), nullif(nullif(power(cast(cast("q"."m0" as real) as real), cast(cast(cast(? as integer) as real) as real)), 9e999), -9e999)) as "c4"
from (select "orders".status as "g0", count(*) as "m0", sum("orders".amount) as "m1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
group by 1) as "q"
order by 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["2","2","2","2","1","0","1","0","2","a"]
