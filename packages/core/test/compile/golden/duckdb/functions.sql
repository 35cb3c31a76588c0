-- parameter text
select $1 as "c0"
from (select *
from (values (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["it's",1,2]

-- parameter integer
select cast($1 as bigint) as "c0"
from (select *
from (values (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["9007199254740993",1,2]

-- parameter decimal
select cast($1 as double) as "c0"
from (select *
from (values (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["-12.50",1,2]

-- parameter boolean
select cast($1 as boolean) as "c0"
from (select *
from (values (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [true,1,2]

-- parameter timestamp
select cast($1 as timestamp) as "c0"
from (select *
from (values (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["2026-03-29T01:00:00.000Z",1,2]

-- null string
select cast(null as varchar) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- null number
select cast(null as double) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- null boolean
select cast(null as boolean) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- null time
select cast(null as timestamp) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- double
select cast($1 as double) as "c0"
from (select *
from (values (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [-0.5,1,2]

-- local literal
select timestamp '2026-03-29T02:30:00.000' as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- flag
select "v"."a" > "v"."b" as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- same or both null
select "v"."a" is not distinct
from "v"."b" as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- instant
select cast("v"."t" as timestamp) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- local time
select cast("v"."t" as timestamp) + to_seconds(case when cast("v"."t" as timestamp) < cast($1 as timestamp) then cast($2 as bigint) else cast($3 as bigint) end) as "c0"
from (select *
from (values (cast($4 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($5 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["2026-03-29T01:00:00.000Z",3600,7200,1,2]

-- second
select date_trunc('second', "v"."t") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- minute
select date_trunc('minute', "v"."t") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- hour
select date_trunc('hour', "v"."t") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- day
select date_trunc('day', "v"."t") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- week
select date_trunc('week', "v"."t") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- month
select date_trunc('month', "v"."t") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- quarter
select date_trunc('quarter', "v"."t") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- year
select date_trunc('year', "v"."t") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- week from Sunday
select time_bucket(interval '604800000 milliseconds', "v"."t", timestamp '2000-01-09T00:00:00.000') as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- quarter from February
select time_bucket(interval '3 months', "v"."t", timestamp '1970-02-01T00:00:00.000') as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- year from February
select time_bucket(interval '12 months', "v"."t", timestamp '1970-02-01T00:00:00.000') as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- 10 days
select time_bucket(interval '864000000 milliseconds', "v"."t", timestamp '1970-01-01T00:00:00.000') as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- 90 seconds
select time_bucket(interval '90000 milliseconds', "v"."t", timestamp '1970-01-01T00:00:30.000') as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- 5 months from the 15th
select (time_bucket(interval '5 months', ("v"."t" + interval '-1209600000 milliseconds'), timestamp '1970-01-01T00:00:00.000') + interval '1209600000 milliseconds') as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- later
select ("v"."t" + interval '13 months 1500 milliseconds') as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- earlier
select ("v"."t" + interval '-1 months -86400000 milliseconds') as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count
select count("v"."a") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count where
select count("v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count_distinct
select count(distinct "v"."a") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count_distinct where
select count(distinct "v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count_distinct_approx
select approx_count_distinct("v"."a") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- count_distinct_approx where
select approx_count_distinct("v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- sum
select sum("v"."a") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- sum where
select sum("v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- avg
select avg("v"."a") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- avg where
select avg("v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- min
select min("v"."a") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- min where
select min("v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- max
select max("v"."a") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- max where
select max("v"."a") filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- median
select quantile_cont(cast("v"."a" as double), 0.5) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- percentile where
select quantile_cont(cast("v"."a" as double), 0.9) filter (where "v"."b" > 1) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- divide
select (cast("v"."a" as double) / nullif(cast("v"."b" as double), 0)) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- abs
select abs("v"."a") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- round
select round("v"."a", cast(cast($1 as bigint) as integer)) as "c0"
from (select *
from (values (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($3 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [2,1,2]

-- floor
select floor("v"."a") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- ceil
select ceil("v"."a") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- sign
select sign("v"."a") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- sqrt
select sqrt(nullif(greatest(cast("v"."a" as double), cast('-1e-300' as double)), cast('-1e-300' as double))) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- ln
select ln(nullif(greatest(cast("v"."a" as double), cast('0' as double)), cast('0' as double))) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- exp
select exp(nullif(least(greatest(coalesce(cast("v"."a" as double), cast('709.7' as double)), cast('-700' as double)), cast('709.7' as double)), cast('709.7' as double))) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- power
select nullif(nullif(nullif(power(cast("v"."a" as double), cast("v"."b" as double)), cast('nan' as double)), cast('inf' as double)), cast('-inf' as double)) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- mod
select mod("v"."a", nullif("v"."b", 0)) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- coalesce
select coalesce("v"."a", "v"."b") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- nullif
select nullif("v"."a", "v"."b") as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- least
select list_sort(["v"."a", "v"."b"], 'asc', 'nulls first')[1] as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- greatest
select list_sort(["v"."a", "v"."b"], 'desc', 'nulls first')[1] as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- if
select (case when "v"."a" > "v"."b" then "v"."a" else "v"."b" end) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast text
select cast("v"."a" as varchar) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast double
select cast("v"."a" as double) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast bigint
select cast("v"."a" as bigint) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast boolean
select cast("v"."a" as boolean) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast timestamp
select cast("v"."a" as timestamp) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- cast decimal
select cast("v"."a" as decimal(38, 10)) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]

-- concat
select cast("v"."a" as varchar) || ',' || cast("v"."b" as varchar) as "c0"
from (select *
from (values (cast($1 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000'), (cast($2 as double), cast(null as double), timestamp '2026-01-01T00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- [1,2]
