-- parameter text
select $1 as "c0"
from (select *
from (values (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["it's",1,2]

-- parameter integer
select cast($1 as bigint) as "c0"
from (select *
from (values (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["9007199254740993",1,2]

-- parameter decimal
select cast($1 as numeric) as "c0"
from (select *
from (values (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["-12.50",1,2]

-- parameter boolean
select cast($1 as boolean) as "c0"
from (select *
from (values (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [true,1,2]

-- parameter timestamp
select cast($1 as timestamptz) as "c0"
from (select *
from (values (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["2026-03-29T01:00:00.000Z",1,2]

-- null string
select cast(null as text) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- null number
select cast(null as double precision) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- null boolean
select cast(null as boolean) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- null time
select cast(null as timestamp) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- double
select cast($1 as double precision) as "c0"
from (select *
from (values (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [-0.5,1,2]

-- local literal
select timestamp '2026-03-29T02:30:00.000' as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- flag
select "v"."a" > "v"."b" as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- same or both null
select "v"."a" is not distinct
from "v"."b" as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- instant
select cast("v"."t" as timestamp) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- local time
select cast("v"."t" as timestamptz) at time zone cast($1 as text) as "c0"
from (select *
from (values (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["Europe/Brussels",1,2]

-- second
select date_trunc('second', "v"."t") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- minute
select date_trunc('minute', "v"."t") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- hour
select date_trunc('hour', "v"."t") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- day
select date_trunc('day', "v"."t") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- week
select date_trunc('week', "v"."t") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- month
select date_trunc('month', "v"."t") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- quarter
select date_trunc('quarter', "v"."t") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- year
select date_trunc('year', "v"."t") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- week from Sunday
select date_bin(interval '604800000 milliseconds', "v"."t", timestamp '2000-01-09T00:00:00.000') as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- quarter from February
select (timestamp '1970-01-01' + make_interval(months => cast(floor(((extract(year
from "v"."t") - 1970) * 12 + extract(month
from "v"."t") - 1 - 1) / 3) * 3 + 1 as integer))) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- year from February
select (timestamp '1970-01-01' + make_interval(months => cast(floor(((extract(year
from "v"."t") - 1970) * 12 + extract(month
from "v"."t") - 1 - 1) / 12) * 12 + 1 as integer))) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- 10 days
select date_bin(interval '864000000 milliseconds', "v"."t", timestamp '1970-01-01T00:00:00.000') as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- 90 seconds
select date_bin(interval '90000 milliseconds', "v"."t", timestamp '1970-01-01T00:00:30.000') as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- 5 months from the 15th
select ((timestamp '1970-01-01' + make_interval(months => cast(floor(((extract(year
from ("v"."t" + interval '-1209600000 milliseconds')) - 1970) * 12 + extract(month
from ("v"."t" + interval '-1209600000 milliseconds')) - 1 - 0) / 5) * 5 + 0 as integer))) + interval '1209600000 milliseconds') as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- later
select ("v"."t" + interval '13 months 1500 milliseconds') as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- earlier
select ("v"."t" + interval '-1 months -86400000 milliseconds') as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count
select count("v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count where
select count("v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count_distinct
select count(distinct "v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count_distinct where
select count(distinct "v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count_distinct_approx
select count(distinct "v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count_distinct_approx where
select count(distinct "v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- sum
select sum("v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- sum where
select sum("v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- avg
select avg("v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- avg where
select avg("v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- min
select min("v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- min where
select min("v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- max
select max("v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- max where
select max("v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- median
select percentile_cont(0.5) within group (order by "v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- percentile where
select percentile_cont(0.9) within group (order by "v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- divide
select (cast("v"."a" as double precision) / nullif(cast("v"."b" as double precision), 0)) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- abs
select abs("v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- round
select round(cast("v"."a" as numeric), cast(cast($1 as bigint) as integer)) as "c0"
from (select *
from (values (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [2,1,2]

-- floor
select floor("v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- ceil
select ceil("v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- sign
select sign("v"."a") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- sqrt
select sqrt(nullif(greatest(cast("v"."a" as double precision), cast('-1e-300' as double precision)), cast('-1e-300' as double precision))) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- ln
select ln(nullif(greatest(cast("v"."a" as double precision), cast('0' as double precision)), cast('0' as double precision))) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- exp
select exp(nullif(least(greatest(coalesce(cast("v"."a" as double precision), cast('709.7' as double precision)), cast('-700' as double precision)), cast('709.7' as double precision)), cast('709.7' as double precision))) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- power
select (select case when x <> 0 and y * ln(abs(nullif(x, 0))) < -690 then 0 when (x > 0 or (x = 0 and y >= 0) or y = floor(y) and x < 0) and (x = 0 or y * ln(abs(nullif(x, 0))) < 690) then power(x, y) end
from (values (cast("v"."a" as double precision), cast("v"."b" as double precision))) as u(x, y)) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- mod
select mod(cast("v"."a" as numeric), nullif(cast("v"."b" as numeric), 0)) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- coalesce
select coalesce("v"."a", "v"."b") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- nullif
select nullif("v"."a", "v"."b") as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- least
select (select v
from unnest(array["v"."a", "v"."b"]) as u(v)
order by v asc nulls first
limit 1) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- greatest
select (select v
from unnest(array["v"."a", "v"."b"]) as u(v)
order by v desc nulls first
limit 1) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- if
select (case when "v"."a" > "v"."b" then "v"."a" else "v"."b" end) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast text
select cast("v"."a" as text) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast double
select cast("v"."a" as double precision) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast bigint
select cast("v"."a" as bigint) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast boolean
select cast("v"."a" as boolean) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast timestamp
select cast("v"."a" as timestamp) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast decimal
select cast("v"."a" as numeric) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- concat
select cast("v"."a" as text) || ',' || cast("v"."b" as text) as "c0"
from (select *
from (values (cast($1 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double precision), cast(null as double precision), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]
