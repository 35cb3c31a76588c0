-- parameter text
select ? as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["it's"]

-- parameter integer
select cast(? as bigint) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["9007199254740993"]

-- parameter decimal
select cast(? as decimal(38, 2)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["-12.50"]

-- parameter boolean
select true as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- parameter timestamp
select cast(? as timestamp(3)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["2026-03-29 01:00:00.000"]

-- null string
select cast(null as varchar) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- null number
select cast(null as double) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- null boolean
select cast(null as boolean) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- null time
select cast(null as timestamp(3)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- double
select cast((-0.5) as double) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- local literal
select timestamp '2026-03-29 02:30:00.000' as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- flag
select "v"."a" > "v"."b" as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- same or both null
select "v"."a" is not distinct
from "v"."b" as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- instant
select cast(at_timezone(cast("v"."t" as timestamp(3) with time zone), 'UTC') as timestamp(3)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- local time
select cast(at_timezone(cast("v"."t" as timestamp(3) with time zone), 'Europe/Brussels') as timestamp(3)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- second
select date_trunc('second', "v"."t") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- minute
select date_trunc('minute', "v"."t") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- hour
select date_trunc('hour', "v"."t") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- day
select date_trunc('day', "v"."t") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- week
select date_trunc('week', "v"."t") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- month
select date_trunc('month', "v"."t") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- quarter
select date_trunc('quarter', "v"."t") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- year
select date_trunc('year', "v"."t") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- week from Sunday
select date_add('millisecond', date_diff('millisecond', timestamp '0999-12-29 00:00:00.000', "v"."t") / 604800000 * 604800000, timestamp '0999-12-29 00:00:00.000') as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- quarter from February
select date_add('month', date_diff('month', timestamp '0999-11-01 00:00:00.000', date_trunc('month', "v"."t")) / 3 * 3, timestamp '0999-11-01 00:00:00.000') as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- year from February
select date_add('month', date_diff('month', timestamp '0999-02-01 00:00:00.000', date_trunc('month', "v"."t")) / 12 * 12, timestamp '0999-02-01 00:00:00.000') as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- 10 days
select date_add('millisecond', date_diff('millisecond', timestamp '0999-12-27 00:00:00.000', "v"."t") / 864000000 * 864000000, timestamp '0999-12-27 00:00:00.000') as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- 90 seconds
select date_add('millisecond', date_diff('millisecond', timestamp '0999-12-31 23:59:00.000', "v"."t") / 90000 * 90000, timestamp '0999-12-31 23:59:00.000') as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- 5 months from the 15th
select date_add('millisecond', 1209600000, date_add('month', date_diff('month', timestamp '0999-08-01 00:00:00.000', date_trunc('month', date_add('millisecond', -1209600000, "v"."t"))) / 5 * 5, timestamp '0999-08-01 00:00:00.000')) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- later
select date_add('millisecond', 1500, date_add('month', 13, "v"."t")) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- earlier
select date_add('millisecond', -86400000, date_add('month', -1, "v"."t")) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- count
select count("v"."a") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- count where
select count(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- count_distinct
select count(distinct "v"."a") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- count_distinct where
select count(distinct case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- count_distinct_approx
select approx_distinct("v"."a") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- count_distinct_approx where
select approx_distinct(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- sum
select sum("v"."a") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- sum where
select sum(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- avg
select avg(cast("v"."a" as double)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- avg where
select avg(cast(case when "v"."b" > 1 then "v"."a" end as double)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- min
select min("v"."a") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- min where
select min(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- max
select max("v"."a") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- max where
select max(case when "v"."b" > 1 then "v"."a" end) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- median
select element_at(transform(array[filter(array_sort(array_agg(cast("v"."a" as double))), v -> v is not null)], a -> if(cardinality(a) > 0, element_at(a, cast(floor(0.5 * (cardinality(a) - 1)) as integer) + 1) + (0.5 * (cardinality(a) - 1) - floor(0.5 * (cardinality(a) - 1))) * (element_at(a, cast(ceil(0.5 * (cardinality(a) - 1)) as integer) + 1) - element_at(a, cast(floor(0.5 * (cardinality(a) - 1)) as integer) + 1)))), 1) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- percentile where
select element_at(transform(array[filter(array_sort(array_agg(cast(case when "v"."b" > 1 then "v"."a" end as double))), v -> v is not null)], a -> if(cardinality(a) > 0, element_at(a, cast(floor(0.9 * (cardinality(a) - 1)) as integer) + 1) + (0.9 * (cardinality(a) - 1) - floor(0.9 * (cardinality(a) - 1))) * (element_at(a, cast(ceil(0.9 * (cardinality(a) - 1)) as integer) + 1) - element_at(a, cast(floor(0.9 * (cardinality(a) - 1)) as integer) + 1)))), 1) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- divide
select (cast("v"."a" as double) / nullif(cast("v"."b" as double), 0)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- abs
select abs("v"."a") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- round
select round("v"."a", cast(cast(? as bigint) as integer)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";
-- ["2"]

-- floor
select floor("v"."a") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- ceil
select ceil("v"."a") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- sign
select sign("v"."a") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- sqrt
select sqrt(nullif(greatest(cast("v"."a" as double), cast('-1e-300' as double)), cast('-1e-300' as double))) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- ln
select ln(nullif(greatest(cast("v"."a" as double), cast('0' as double)), cast('0' as double))) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- exp
select exp(nullif(least(greatest(coalesce(cast("v"."a" as double), cast('709.7' as double)), cast('-700' as double)), cast('709.7' as double)), cast('709.7' as double))) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- power
select element_at(transform(array[power(cast("v"."a" as double), cast("v"."b" as double))], p -> if(is_finite(p), p)), 1) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- mod
select mod("v"."a", nullif("v"."b", 0)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- coalesce
select coalesce("v"."a", "v"."b") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- nullif
select nullif("v"."a", "v"."b") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- least
select least("v"."a", "v"."b") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- greatest
select greatest("v"."a", "v"."b") as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- if
select (case when "v"."a" > "v"."b" then "v"."a" else "v"."b" end) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- cast text
select cast("v"."a" as varchar) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- cast double
select cast("v"."a" as double) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- cast bigint
select cast("v"."a" as bigint) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- cast boolean
select cast("v"."a" as boolean) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- cast timestamp
select cast("v"."a" as timestamp(3)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- cast decimal
select cast("v"."a" as decimal(38, 10)) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";

-- concat
select cast("v"."a" as varchar) || ',' || cast("v"."b" as varchar) as "c0"
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as "v"("a", "b", "t")) as "v";
