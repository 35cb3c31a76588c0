-- parameter text
select ? as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";
-- ["it's"]

-- parameter integer
select cast(? as bigint) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";
-- ["9007199254740993"]

-- parameter decimal
select cast(? as number(38, 2)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";
-- ["-12.50"]

-- parameter boolean
select true as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- parameter timestamp
select cast(? as timestamp_tz) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";
-- ["2026-03-29T01:00:00.000Z"]

-- null string
select cast(null as varchar) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- null number
select cast(null as double) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- null boolean
select cast(null as boolean) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- null time
select cast(null as timestamp_ntz) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- double
select cast((-0.5) as double) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- local literal
select cast('2026-03-29 02:30:00.000' as timestamp_ntz) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- flag
select "v"."a" > "v"."b" as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- same or both null
select "v"."a" is not distinct
from "v"."b" as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- instant
select cast(convert_timezone('UTC', cast("v"."t" as timestamp_tz)) as timestamp_ntz) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- local time
select cast(convert_timezone('Europe/Brussels', cast("v"."t" as timestamp_tz)) as timestamp_ntz) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- second
select date_trunc('second', "v"."t") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- minute
select date_trunc('minute', "v"."t") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- hour
select date_trunc('hour', "v"."t") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- day
select date_trunc('day', "v"."t") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- week
select dateadd(day, floor(datediff(day, cast('2000-01-03 00:00:00.000' as timestamp_ntz), "v"."t") / cast(7 as double)) * 7, cast('2000-01-03 00:00:00.000' as timestamp_ntz)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- month
select date_trunc('month', "v"."t") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- quarter
select date_trunc('quarter', "v"."t") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- year
select date_trunc('year', "v"."t") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- week from Sunday
select dateadd(day, floor(datediff(day, cast('2000-01-09 00:00:00.000' as timestamp_ntz), "v"."t") / cast(7 as double)) * 7, cast('2000-01-09 00:00:00.000' as timestamp_ntz)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- quarter from February
select dateadd(month, floor((datediff(month, cast('1970-01-01 00:00:00.000' as timestamp_ntz), "v"."t") - 1) / cast(3 as double)) * 3 + 1, cast('1970-01-01 00:00:00.000' as timestamp_ntz)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- year from February
select dateadd(month, floor((datediff(month, cast('1970-01-01 00:00:00.000' as timestamp_ntz), "v"."t") - 1) / cast(12 as double)) * 12 + 1, cast('1970-01-01 00:00:00.000' as timestamp_ntz)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- 10 days
select dateadd(day, floor(datediff(day, cast('1970-01-01 00:00:00.000' as timestamp_ntz), "v"."t") / cast(10 as double)) * 10, cast('1970-01-01 00:00:00.000' as timestamp_ntz)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- 90 seconds
select dateadd(second, floor(datediff(second, cast('1970-01-01 00:00:30.000' as timestamp_ntz), "v"."t") / cast(90 as double)) * 90, cast('1970-01-01 00:00:30.000' as timestamp_ntz)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- 5 months from the 15th
select dateadd(day, 14, dateadd(month, floor((datediff(month, cast('1970-01-01 00:00:00.000' as timestamp_ntz), dateadd(day, -14, "v"."t")) - 0) / cast(5 as double)) * 5 + 0, cast('1970-01-01 00:00:00.000' as timestamp_ntz))) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- later
select dateadd(millisecond, 1500, dateadd(month, 13, "v"."t")) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- earlier
select dateadd(day, -1, dateadd(month, -1, "v"."t")) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- count
select count("v"."a") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- count where
select count(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- count_distinct
select count(distinct "v"."a") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- count_distinct where
select count(distinct case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- count_distinct_approx
select approx_count_distinct("v"."a") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- count_distinct_approx where
select approx_count_distinct(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- sum
select sum("v"."a") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- sum where
select sum(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- avg
select avg(cast("v"."a" as double)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- avg where
select avg(cast(case when "v"."b" > 1 then "v"."a" end as double)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- min
select min("v"."a") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- min where
select min(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- max
select max("v"."a") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- max where
select max(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- median
select percentile_cont(0.5) within group (order by "v"."a") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- percentile where
select percentile_cont(0.9) within group (order by case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- divide
select (cast("v"."a" as double) / nullif(cast("v"."b" as double), 0)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- abs
select abs("v"."a") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- round
select round("v"."a", cast(cast(? as bigint) as integer)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";
-- ["2"]

-- floor
select floor("v"."a") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- ceil
select ceil("v"."a") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- sign
select sign("v"."a") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- sqrt
select sqrt(nullif(greatest(cast("v"."a" as double), cast('-1e-300' as double)), cast('-1e-300' as double))) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- ln
select ln(nullif(greatest(cast("v"."a" as double), cast('0' as double)), cast('0' as double))) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- exp
select exp(nullif(least(greatest(coalesce(cast("v"."a" as double), cast('709.7' as double)), cast('-700' as double)), cast('709.7' as double)), cast('709.7' as double))) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- power
select nullif(nullif(nullif(power(cast("v"."a" as double), cast("v"."b" as double)), cast('nan' as double)), cast('inf' as double)), cast('-inf' as double)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- mod
select mod("v"."a", nullif("v"."b", 0)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- coalesce
select coalesce("v"."a", "v"."b") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- nullif
select nullif("v"."a", "v"."b") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- least
select least("v"."a", "v"."b") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- greatest
select greatest("v"."a", "v"."b") as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- if
select (case when "v"."a" > "v"."b" then "v"."a" else "v"."b" end) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- cast text
select cast("v"."a" as varchar) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- cast double
select cast("v"."a" as double) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- cast bigint
select cast("v"."a" as bigint) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- cast boolean
select cast("v"."a" as boolean) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- cast timestamp
select cast("v"."a" as timestamp_ntz) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- cast decimal
select cast("v"."a" as number(38, 10)) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";

-- concat
select cast("v"."a" as varchar) || ',' || cast("v"."b" as varchar) as "c0"
from (select cast(1 as double) as "a", cast(null as double) as "b", cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast(2 as double), cast(null as double), cast('2026-01-01 00:00:00.000' as timestamp_ntz)) as "v";
