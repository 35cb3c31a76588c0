select "q"."g0" as "c0", "q"."m0" as "c1", cast(round(cast(((cast("q"."m1" as double precision) / nullif(cast("q"."m0" as double precision), 0))) as numeric), cast(cast(cast($1 as bigint) as double precision) as integer)) as double precision) as "c2", (case when ((cast(mod(cast(cast("q"."m0" as double precision) as numeric), nullif(cast(cast(cast($2 as bigint) as double precision) as numeric), 0)) as double precision) = cast(cast($3 as bigint) as double precision) and cast("q"."m1" as double precision) > cast(cast($4 as bigint) as double precision))) then cast(cast($5 as bigint) as double precision) else cast(cast($6 as bigint) as double precision) end) as "c3", (select v
from unnest(array[(select v
from unnest(array[sqrt(nullif(greatest(cast(cast("q"."m1" as double precision) as double precision), cast('-1e-300' as double precision)), cast('-1e-300' as double precision))), ln(nullif(greatest(cast(cast("q"."m0" as double precision) as double precision), cast('0' as double precision)), cast('0' as double precision)))]) as u(v)
order by v desc nulls first
limit 1), (select case when x <> 0 and y * ln(abs(nullif(x, 0))) < -690 then 0 when (x > 0 or (x = 0 and y >= 0) or y = floor(y) and x < 0) and (x = 0 or y * ln(abs(nullif(x, 0))) < 690) then power(x, y) end
from (values (cast(cast("q"."m0" as double precision) as double precision), cast(cast(cast($7 as bigint) as double precision) as double precision))) as u(x, y))]) as u(v)
order by v asc nulls first
limit 1) as "c4"
from (select "orders".status as "g0", count(*) as "m0", sum("orders".amount) as "m1"
from "public"."orders" as "orders"
group by 1) as "q"
order by 3 desc nulls last, 1 asc nulls last
limit $8;
-- [2,2,1,0,1,0,2,10001]

select "q"."g0" as "c0", "q"."m0" as "c1", cast(round(cast(((cast("q"."m1" as double precision) / nullif(cast("q"."m0" as double precision), 0))) as numeric), cast(cast(cast($1 as bigint) as double precision) as integer)) as double precision) as "c2", (case when ((cast(mod(cast(cast("q"."m0" as double precision) as numeric), nullif(cast(cast(cast($2 as bigint) as double precision) as numeric), 0)) as double precision) = cast(cast($3 as bigint) as double precision) and cast("q"."m1" as double precision) > cast(cast($4 as bigint) as double precision))) then cast(cast($5 as bigint) as double precision) else cast(cast($6 as bigint) as double precision) end) as "c3", (select v
from unnest(array[(select v
from unnest(array[sqrt(nullif(greatest(cast(cast("q"."m1" as double precision) as double precision), cast('-1e-300' as double precision)), cast('-1e-300' as double precision))), ln(nullif(greatest(cast(cast("q"."m0" as double precision) as double precision), cast('0' as double precision)), cast('0' as double precision)))]) as u(v)
order by v desc nulls first
limit 1), (select case when x <> 0 and y * ln(abs(nullif(x, 0))) < -690 then 0 when (x > 0 or (x = 0 and y >= 0) or y = floor(y) and x < 0) and (x = 0 or y * ln(abs(nullif(x, 0))) < 690) then power(x, y) end
from (values (cast(cast("q"."m0" as double precision) as double precision), cast(cast(cast($7 as bigint) as double precision) as double precision))) as u(x, y))]) as u(v)
order by v asc nulls first
limit 1) as "c4"
from (select "orders".status as "g0", count(*) as "m0", sum("orders".amount) as "m1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $8) as "orders"
group by 1) as "q"
order by 3 desc nulls last, 1 asc nulls last
limit $9;
-- [2,2,1,0,1,0,2,"a",10001]
