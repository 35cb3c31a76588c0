-- parameter text
select ? as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;
-- ["it's"]

-- parameter integer
select cast(? as signed) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;
-- ["9007199254740993"]

-- parameter decimal
select cast(? as decimal(65, 30)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;
-- ["-12.50"]

-- parameter boolean
select true as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- parameter timestamp
select cast(? as datetime(6)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;
-- ["2026-03-29 01:00:00.000"]

-- null string
select cast(null as char) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- null number
select cast(null as double) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- null boolean
select cast(null as signed) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- null time
select cast(null as datetime(6)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- double
select cast((-0.5) as double) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- local literal
select timestamp'2026-03-29 02:30:00.000' as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- flag
select `v`.`a` > `v`.`b` as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- same or both null
select `v`.`a` <=> `v`.`b` as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- instant
select cast(`v`.`t` as datetime(6)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- local time
select date_add(cast(`v`.`t` as datetime(6)), interval case when cast(`v`.`t` as datetime(6)) < timestamp'2026-03-29 01:00:00' then 3600 else 7200 end second) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- second
select cast(date_format(`v`.`t`, '%Y-%m-%d %H:%i:%s') as datetime) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- minute
select cast(date_format(`v`.`t`, '%Y-%m-%d %H:%i:00') as datetime) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- hour
select cast(date_format(`v`.`t`, '%Y-%m-%d %H:00:00') as datetime) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- day
select cast(date(`v`.`t`) as datetime) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- week
select date_add(timestamp'0999-12-30 00:00:00.000', interval timestampdiff(microsecond, timestamp'0999-12-30 00:00:00.000', `v`.`t`) div 604800000000 * 604800000000 microsecond) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- month
select cast(date_format(`v`.`t`, '%Y-%m-01') as datetime) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- quarter
select date_add(timestamp'1970-01-01 00:00:00.000', interval floor((period_diff(date_format(`v`.`t`, '%Y%m'), 197001) - 0) / 3) * 3 + 0 month) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- year
select cast(date_format(`v`.`t`, '%Y-01-01') as datetime) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- week from Sunday
select date_add(timestamp'0999-12-29 00:00:00.000', interval timestampdiff(microsecond, timestamp'0999-12-29 00:00:00.000', `v`.`t`) div 604800000000 * 604800000000 microsecond) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- quarter from February
select date_add(timestamp'1970-01-01 00:00:00.000', interval floor((period_diff(date_format(`v`.`t`, '%Y%m'), 197001) - 1) / 3) * 3 + 1 month) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- year from February
select date_add(timestamp'1970-01-01 00:00:00.000', interval floor((period_diff(date_format(`v`.`t`, '%Y%m'), 197001) - 1) / 12) * 12 + 1 month) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- 10 days
select date_add(timestamp'0999-12-27 00:00:00.000', interval timestampdiff(microsecond, timestamp'0999-12-27 00:00:00.000', `v`.`t`) div 864000000000 * 864000000000 microsecond) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- 90 seconds
select date_add(timestamp'0999-12-31 23:59:00.000', interval timestampdiff(microsecond, timestamp'0999-12-31 23:59:00.000', `v`.`t`) div 90000000 * 90000000 microsecond) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- 5 months from the 15th
select date_add(date_add(timestamp'1970-01-01 00:00:00.000', interval floor((period_diff(date_format(date_add(`v`.`t`, interval -1209600000000 microsecond), '%Y%m'), 197001) - 0) / 5) * 5 + 0 month), interval 1209600000000 microsecond) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- later
select date_add(date_add(`v`.`t`, interval 13 month), interval 1500000 microsecond) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- earlier
select date_add(date_add(`v`.`t`, interval -1 month), interval -86400000000 microsecond) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- count
select count(`v`.`a`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- count where
select count(case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- count_distinct
select count(distinct `v`.`a`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- count_distinct where
select count(distinct case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- count_distinct_approx
select count(distinct `v`.`a`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- count_distinct_approx where
select count(distinct case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- sum
select sum(`v`.`a`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- sum where
select sum(case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- avg
select avg(cast(`v`.`a` as double)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- avg where
select avg(cast(case when `v`.`b` > 1 then `v`.`a` end as double)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- min
select min(`v`.`a`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- min where
select min(case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- max
select max(`v`.`a`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- max where
select max(case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- divide
select (cast(`v`.`a` as double) / nullif(cast(`v`.`b` as double), 0)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- abs
select abs(`v`.`a`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- round
select round(cast(`v`.`a` as decimal(65, 20)), cast(cast(? as signed) as signed)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;
-- ["2"]

-- floor
select floor(`v`.`a`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- ceil
select ceil(`v`.`a`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- sign
select sign(`v`.`a`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- sqrt
select sqrt(nullif(greatest(cast(`v`.`a` as double), cast('-1e-300' as double)), cast('-1e-300' as double))) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- ln
select ln(nullif(greatest(cast(`v`.`a` as double), cast('0' as double)), cast('0' as double))) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- exp
select exp(nullif(least(greatest(coalesce(cast(`v`.`a` as double), cast('709.7' as double)), cast('-700' as double)), cast('709.7' as double)), cast('709.7' as double))) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- power
select (select case when y * ln(abs(nullif(x, 0))) < -690 then 0 when (x > 0 or (x = 0 and y >= 0) or (x < 0 and y = floor(y))) and coalesce(y * ln(abs(nullif(x, 0))), 0) < 690 then power(x, y) end
from json_table(json_array(json_array(cast(`v`.`a` as double), cast(`v`.`b` as double))), '$[*]' columns (x double path '$[0]', y double path '$[1]')) as u) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- mod
select mod(`v`.`a`, nullif(`v`.`b`, 0)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- coalesce
select coalesce(`v`.`a`, `v`.`b`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- nullif
select nullif(`v`.`a`, `v`.`b`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- least
select least(`v`.`a`, `v`.`b`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- greatest
select greatest(`v`.`a`, `v`.`b`) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- if
select (case when `v`.`a` > `v`.`b` then `v`.`a` else `v`.`b` end) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- cast text
select cast(`v`.`a` as char) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- cast double
select cast(`v`.`a` as double) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- cast bigint
select cast(`v`.`a` as signed) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- cast boolean
select (`v`.`a` <> 0) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- cast timestamp
select cast(`v`.`a` as datetime(6)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- cast decimal
select cast(`v`.`a` as decimal(65, 20)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;

-- concat
select concat(cast(`v`.`a` as char), ',', cast(`v`.`b` as char)) as `c0`
from (select cast(1 as double) as `a`, cast(null as double) as `b`, timestamp'2026-01-01 00:00:00.000' as `t`
union all select cast(2 as double), cast(null as double), timestamp'2026-01-01 00:00:00.000') as `v`;
