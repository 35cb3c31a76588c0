-- parameter text
select :p1 as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;
-- ["it's"]

-- parameter integer
select cast(:p1 as bigint) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;
-- ["9007199254740993"]

-- parameter decimal
select cast(:p1 as decimal(38, 2)) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;
-- ["-12.50"]

-- parameter boolean
select true as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- parameter timestamp
select cast(:p1 as timestamp) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;
-- ["2026-03-29T01:00:00.000Z"]

-- null string
select cast(null as string) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- null number
select cast(null as double) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- null boolean
select cast(null as boolean) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- null time
select cast(null as timestamp) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- double
select cast((-0.5) as double) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- local literal
select timestamp '2026-03-29 02:30:00.000' as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- flag
select `v`.`a` > `v`.`b` as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- same or both null
select `v`.`a` <=> `v`.`b` as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- instant
select cast(`v`.`t` as timestamp) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- local time
select from_utc_timestamp(cast(`v`.`t` as timestamp), 'Europe/Brussels') as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- second
select date_trunc('SECOND', `v`.`t`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- minute
select date_trunc('MINUTE', `v`.`t`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- hour
select date_trunc('HOUR', `v`.`t`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- day
select date_trunc('DAY', `v`.`t`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- week
select date_trunc('WEEK', `v`.`t`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- month
select date_trunc('MONTH', `v`.`t`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- quarter
select date_trunc('QUARTER', `v`.`t`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- year
select date_trunc('YEAR', `v`.`t`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- week from Sunday
select timestamp_millis(cast(floor((unix_millis(`v`.`t`) - 947376000000) / 604800000) as bigint) * 604800000 + 947376000000) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- quarter from February
select timestampadd(MONTH, cast(timestampdiff(MONTH, timestamp '0999-11-01 00:00:00.000', date_trunc('MONTH', `v`.`t`)) div 3 * 3 as int), timestamp '0999-11-01 00:00:00.000') as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- year from February
select timestampadd(MONTH, cast(timestampdiff(MONTH, timestamp '0999-02-01 00:00:00.000', date_trunc('MONTH', `v`.`t`)) div 12 * 12 as int), timestamp '0999-02-01 00:00:00.000') as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- 10 days
select timestamp_millis(cast(floor((unix_millis(`v`.`t`) - 0) / 864000000) as bigint) * 864000000 + 0) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- 90 seconds
select timestamp_millis(cast(floor((unix_millis(`v`.`t`) - 30000) / 90000) as bigint) * 90000 + 30000) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- 5 months from the 15th
select timestamp_millis(unix_millis(timestampadd(MONTH, cast(timestampdiff(MONTH, timestamp '0999-08-01 00:00:00.000', date_trunc('MONTH', timestamp_millis(unix_millis(`v`.`t`) + (-1209600000)))) div 5 * 5 as int), timestamp '0999-08-01 00:00:00.000')) + 1209600000) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- later
select timestamp_millis(unix_millis(timestampadd(MONTH, 13, `v`.`t`)) + 1500) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- earlier
select timestamp_millis(unix_millis(timestampadd(MONTH, -1, `v`.`t`)) + (-86400000)) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- count
select count(`v`.`a`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- count where
select count(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- count_distinct
select count(distinct `v`.`a`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- count_distinct where
select count(distinct `v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- count_distinct_approx
select approx_count_distinct(`v`.`a`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- count_distinct_approx where
select approx_count_distinct(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- sum
select sum(`v`.`a`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- sum where
select sum(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- avg
select avg(cast(`v`.`a` as double)) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- avg where
select avg(cast(`v`.`a` as double)) filter (where `v`.`b` > 1) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- min
select min(`v`.`a`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- min where
select min(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- max
select max(`v`.`a`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- max where
select max(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- median
select percentile(`v`.`a`, 0.5) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- percentile where
select percentile(`v`.`a`, 0.9) filter (where `v`.`b` > 1) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- divide
select (cast(`v`.`a` as double) / nullif(cast(`v`.`b` as double), 0)) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- abs
select abs(`v`.`a`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- round
select round(`v`.`a`, cast(cast(:p1 as bigint) as int)) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;
-- ["2"]

-- floor
select floor(`v`.`a`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- ceil
select ceil(`v`.`a`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- sign
select sign(`v`.`a`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- sqrt
select sqrt(nullif(greatest(cast(`v`.`a` as double), cast('-1e-300' as double)), cast('-1e-300' as double))) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- ln
select ln(nullif(greatest(cast(`v`.`a` as double), cast('0' as double)), cast('0' as double))) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- exp
select exp(nullif(least(greatest(coalesce(cast(`v`.`a` as double), cast('709.7' as double)), cast('-700' as double)), cast('709.7' as double)), cast('709.7' as double))) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- power
select nullif(nullif(nullif(power(cast(`v`.`a` as double), cast(`v`.`b` as double)), cast('nan' as double)), cast('inf' as double)), cast('-inf' as double)) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- mod
select mod(`v`.`a`, nullif(`v`.`b`, 0)) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- coalesce
select coalesce(`v`.`a`, `v`.`b`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- nullif
select nullif(`v`.`a`, `v`.`b`) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- least
select nullif(least(coalesce(cast(`v`.`a` as double), cast('-1.7e+308' as double)), coalesce(cast(`v`.`b` as double), cast('-1.7e+308' as double))), cast('-1.7e+308' as double)) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- greatest
select nullif(greatest(coalesce(cast(`v`.`a` as double), cast('1.7e+308' as double)), coalesce(cast(`v`.`b` as double), cast('1.7e+308' as double))), cast('1.7e+308' as double)) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- if
select (case when `v`.`a` > `v`.`b` then `v`.`a` else `v`.`b` end) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- cast text
select cast(`v`.`a` as string) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- cast double
select cast(`v`.`a` as double) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- cast bigint
select cast(`v`.`a` as bigint) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- cast boolean
select cast(`v`.`a` as boolean) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- cast timestamp
select cast(`v`.`a` as timestamp) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- cast decimal
select cast(`v`.`a` as decimal(38, 10)) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;

-- concat
select cast(`v`.`a` as string) || ',' || cast(`v`.`b` as string) as `c0`
from (select *
from (values (cast(1 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000'), (cast(2 as double), cast(null as double), timestamp '2026-01-01 00:00:00.000')) as `v`(`a`, `b`, `t`)) as `v`;
