-- parameter text
select $1 as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";
-- ["it's"]

-- parameter integer
select cast($1 as bigint) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";
-- ["9007199254740993"]

-- parameter decimal
select cast($1 as decimal(38, 2)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";
-- ["-12.50"]

-- parameter boolean
select cast($1 as boolean) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";
-- [true]

-- parameter timestamp
select cast($1 as timestamp) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";
-- ["2026-03-29 01:00:00.000"]

-- null string
select cast(null as varchar(max)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- null number
select cast(null as double precision) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- null boolean
select cast(null as boolean) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- null time
select cast(null as timestamp) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- double
select cast((-0.5) as double precision) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- local literal
select timestamp '2026-03-29 02:30:00.000' as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- flag
select "v"."a" > "v"."b" as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- same or both null
select ("v"."a" = "v"."b" or ("v"."a" is null and "v"."b" is null)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- instant
select cast("v"."t" as timestamp) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- local time
select convert_timezone('UTC', 'Europe/Brussels', cast("v"."t" as timestamp)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- second
select date_trunc('second', "v"."t") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- minute
select date_trunc('minute', "v"."t") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- hour
select date_trunc('hour', "v"."t") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- day
select date_trunc('day', "v"."t") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- week
select date_trunc('week', "v"."t") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- month
select date_trunc('month', "v"."t") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- quarter
select date_trunc('quarter', "v"."t") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- year
select date_trunc('year', "v"."t") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- week from Sunday
select dateadd(day, cast(floor(datediff(day, timestamp '2000-01-09 00:00:00.000', "v"."t") / cast(7 as double precision)) as bigint) * 7, timestamp '2000-01-09 00:00:00.000') as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- quarter from February
select dateadd(month, cast(floor((datediff(month, timestamp '1970-01-01 00:00:00.000', "v"."t") - 1) / cast(3 as double precision)) * 3 + 1 as integer), timestamp '1970-01-01 00:00:00.000') as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- year from February
select dateadd(month, cast(floor((datediff(month, timestamp '1970-01-01 00:00:00.000', "v"."t") - 1) / cast(12 as double precision)) * 12 + 1 as integer), timestamp '1970-01-01 00:00:00.000') as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- 10 days
select dateadd(day, cast(floor(datediff(day, timestamp '1970-01-01 00:00:00.000', "v"."t") / cast(10 as double precision)) as bigint) * 10, timestamp '1970-01-01 00:00:00.000') as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- 90 seconds
select dateadd(second, cast(floor(datediff(second, timestamp '1970-01-01 00:00:30.000', "v"."t") / cast(90 as double precision)) as bigint) * 90, timestamp '1970-01-01 00:00:30.000') as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- 5 months from the 15th
select dateadd(day, 14, dateadd(month, cast(floor((datediff(month, timestamp '1970-01-01 00:00:00.000', dateadd(day, -14, "v"."t")) - 0) / cast(5 as double precision)) * 5 + 0 as integer), timestamp '1970-01-01 00:00:00.000')) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- later
select dateadd(millisecond, 1500, dateadd(month, 13, "v"."t")) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- earlier
select dateadd(day, -1, dateadd(month, -1, "v"."t")) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- count
select count("v"."a") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- count where
select count(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- count_distinct
select count(distinct "v"."a") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- count_distinct where
select count(distinct case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- count_distinct_approx
select approximate count(distinct "v"."a") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- count_distinct_approx where
select approximate count(distinct case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- sum
select sum("v"."a") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- sum where
select sum(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- avg
select avg(cast("v"."a" as double precision)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- avg where
select avg(cast(case when "v"."b" > 1 then "v"."a" end as double precision)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- min
select min("v"."a") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- min where
select min(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- max
select max("v"."a") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- max where
select max(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- median
select percentile_cont(0.5) within group (order by "v"."a") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- percentile where
select percentile_cont(0.9) within group (order by case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- divide
select (cast("v"."a" as double precision) / nullif(cast("v"."b" as double precision), 0)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- abs
select abs("v"."a") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- round
select round(cast("v"."a" as decimal(38, 10)), cast(cast($1 as bigint) as integer)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";
-- [2]

-- floor
select floor("v"."a") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- ceil
select ceil("v"."a") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- sign
select sign("v"."a") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- sqrt
select sqrt(nullif(greatest(cast("v"."a" as double precision), cast('-1e-300' as double precision)), cast('-1e-300' as double precision))) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- ln
select ln(nullif(greatest(cast("v"."a" as double precision), cast('0' as double precision)), cast('0' as double precision))) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- exp
select exp(nullif(least(greatest(coalesce(cast("v"."a" as double precision), cast('709.7' as double precision)), cast('-700' as double precision)), cast('709.7' as double precision)), cast('709.7' as double precision))) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- power
select power(cast("v"."a" as double precision), cast("v"."b" as double precision)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- mod
select mod(cast("v"."a" as decimal(38, 10)), nullif(cast("v"."b" as decimal(38, 10)), 0)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- coalesce
select coalesce("v"."a", "v"."b") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- nullif
select nullif("v"."a", "v"."b") as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- least
select nullif(least(coalesce(cast("v"."a" as double precision), cast('-1.7e+308' as double precision)), coalesce(cast("v"."b" as double precision), cast('-1.7e+308' as double precision))), cast('-1.7e+308' as double precision)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- greatest
select nullif(greatest(coalesce(cast("v"."a" as double precision), cast('1.7e+308' as double precision)), coalesce(cast("v"."b" as double precision), cast('1.7e+308' as double precision))), cast('1.7e+308' as double precision)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- if
select (case when "v"."a" > "v"."b" then "v"."a" else "v"."b" end) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- cast text
select cast("v"."a" as varchar(max)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- cast double
select cast("v"."a" as double precision) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- cast bigint
select cast("v"."a" as bigint) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- cast boolean
select cast("v"."a" as boolean) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- cast timestamp
select cast("v"."a" as timestamp) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- cast decimal
select cast("v"."a" as decimal(38, 10)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";

-- concat
select cast("v"."a" as varchar(max)) || ',' || cast("v"."b" as varchar(max)) as "c0"
from (select cast(1 as double precision) as "a", cast(null as double precision) as "b", timestamp '2026-01-01 00:00:00.000' as "t"
union all select cast(2 as double precision), cast(null as double precision), timestamp '2026-01-01 00:00:00.000') as "v";
