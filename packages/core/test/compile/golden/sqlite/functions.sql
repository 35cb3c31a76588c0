-- parameter text
select ? as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";
-- ["it's"]

-- parameter integer
select cast(? as integer) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";
-- ["9007199254740993"]

-- parameter decimal
select cast(? as real) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";
-- ["-12.50"]

-- parameter boolean
select 1 as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- parameter timestamp
select ? as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";
-- ["2026-03-29T01:00:00.000"]

-- null string
select cast(null as text) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- null number
select cast(null as real) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- null boolean
select cast(null as integer) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- null time
select cast(null as text) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- double
select cast((-0.5) as real) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- local literal
select '2026-03-29T02:30:00.000' as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- flag
select "v"."a" > "v"."b" as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- same or both null
select "v"."a" is "v"."b" as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- instant
select strftime('%Y-%m-%dT%H:%M:%f', "v"."t") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- local time
select strftime('%Y-%m-%dT%H:%M:%f', "v"."t", case when unixepoch("v"."t") < 1774746000 then '3600 seconds' else '7200 seconds' end) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- second
select strftime('%Y-%m-%dT%H:%M:%S.000', "v"."t") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- minute
select strftime('%Y-%m-%dT%H:%M:00.000', "v"."t") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- hour
select strftime('%Y-%m-%dT%H:00:00.000', "v"."t") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- day
select strftime('%Y-%m-%dT00:00:00.000', "v"."t") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- week
select strftime('%Y-%m-%dT00:00:00.000', "v"."t", '-6 days', 'weekday 1') as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- month
select strftime('%Y-%m-01T00:00:00.000', "v"."t") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- quarter
select strftime('%Y-%m-%dT00:00:00.000', '1970-01-01', (cast(floor(((strftime('%Y', "v"."t") - 1970) * 12 + strftime('%m', "v"."t") - 1 - 0) / cast(3 as real)) as integer) * 3 + 0) || ' months') as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- year
select strftime('%Y-01-01T00:00:00.000', "v"."t") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- week from Sunday
select strftime('%Y-%m-%dT%H:%M:%f', cast(floor((unixepoch("v"."t") - 947376000) / cast(604800 as real)) as integer) * 604800 + 947376000, 'unixepoch') as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- quarter from February
select strftime('%Y-%m-%dT00:00:00.000', '1970-01-01', (cast(floor(((strftime('%Y', "v"."t") - 1970) * 12 + strftime('%m', "v"."t") - 1 - 1) / cast(3 as real)) as integer) * 3 + 1) || ' months') as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- year from February
select strftime('%Y-%m-%dT00:00:00.000', '1970-01-01', (cast(floor(((strftime('%Y', "v"."t") - 1970) * 12 + strftime('%m', "v"."t") - 1 - 1) / cast(12 as real)) as integer) * 12 + 1) || ' months') as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- 10 days
select strftime('%Y-%m-%dT%H:%M:%f', cast(floor((unixepoch("v"."t") - 0) / cast(864000 as real)) as integer) * 864000 + 0, 'unixepoch') as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- 90 seconds
select strftime('%Y-%m-%dT%H:%M:%f', cast(floor((unixepoch("v"."t") - 30) / cast(90 as real)) as integer) * 90 + 30, 'unixepoch') as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- 5 months from the 15th
select strftime('%Y-%m-%dT%H:%M:%f', strftime('%Y-%m-%dT00:00:00.000', '1970-01-01', (cast(floor(((strftime('%Y', strftime('%Y-%m-%dT%H:%M:%f', "v"."t", '-1209600 seconds')) - 1970) * 12 + strftime('%m', strftime('%Y-%m-%dT%H:%M:%f', "v"."t", '-1209600 seconds')) - 1 - 0) / cast(5 as real)) as integer) * 5 + 0) || ' months'), '1209600 seconds') as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- later
select strftime('%Y-%m-%dT%H:%M:%f', "v"."t", '13 months', 'floor', '1.5 seconds') as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- earlier
select strftime('%Y-%m-%dT%H:%M:%f', "v"."t", '-1 months', 'floor', '-86400 seconds') as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- count
select count("v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- count where
select count("v"."a") filter (where "v"."b" > 1) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- count_distinct
select count(distinct "v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- count_distinct where
select count(distinct "v"."a") filter (where "v"."b" > 1) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- count_distinct_approx
select count(distinct "v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- count_distinct_approx where
select count(distinct "v"."a") filter (where "v"."b" > 1) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- sum
select sum("v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- sum where
select sum("v"."a") filter (where "v"."b" > 1) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- avg
select avg("v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- avg where
select avg("v"."a") filter (where "v"."b" > 1) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- min
select min("v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- min where
select min("v"."a") filter (where "v"."b" > 1) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- max
select max("v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- max where
select max("v"."a") filter (where "v"."b" > 1) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- median
select percentile_cont("v"."a", 0.5) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- percentile where
select percentile_cont("v"."a", 0.9) filter (where "v"."b" > 1) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- divide
select (cast("v"."a" as real) / nullif(cast("v"."b" as real), 0)) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- abs
select abs("v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- round
select (round("v"."a" / power(10.0, max(-(cast(? as integer)), 0)), max(cast(? as integer), 0)) * power(10.0, max(-(cast(? as integer)), 0))) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";
-- ["2","2","2"]

-- floor
select floor("v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- ceil
select ceil("v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- sign
select sign("v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- sqrt
select sqrt(nullif(max(cast("v"."a" as real), cast('-1e-300' as real)), cast('-1e-300' as real))) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- ln
select ln(nullif(max(cast("v"."a" as real), cast('0' as real)), cast('0' as real))) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- exp
select exp(nullif(min(max(coalesce(cast("v"."a" as real), cast('709.7' as real)), cast('-700' as real)), cast('709.7' as real)), cast('709.7' as real))) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- power
select nullif(nullif(power(cast("v"."a" as real), cast("v"."b" as real)), 9e999), -9e999) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- mod
select mod("v"."a", nullif("v"."b", 0)) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- coalesce
select coalesce("v"."a", "v"."b") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- nullif
select nullif("v"."a", "v"."b") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- least
select min("v"."a", "v"."b") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- greatest
select max("v"."a", "v"."b") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- if
select (case when "v"."a" > "v"."b" then "v"."a" else "v"."b" end) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- cast text
select cast("v"."a" as text) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- cast double
select cast("v"."a" as real) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- cast bigint
select cast("v"."a" as integer) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- cast boolean
select ("v"."a" <> 0) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- cast timestamp
select strftime('%Y-%m-%dT%H:%M:%f', "v"."a") as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- cast decimal
select cast("v"."a" as real) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";

-- concat
select cast("v"."a" as text) || ',' || cast("v"."b" as text) as "c0"
from (select "column1" as "a", "column2" as "b", "column3" as "t"
from (values (cast(1 as real), cast(null as real), '2026-01-01T00:00:00.000'), (cast(2 as real), cast(null as real), '2026-01-01T00:00:00.000'))) as "v";
