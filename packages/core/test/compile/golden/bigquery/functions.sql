-- parameter text
select ? as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;
-- ["it's"]

-- parameter integer
select cast(? as int64) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;
-- ["9007199254740993"]

-- parameter decimal
select cast(? as bignumeric) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;
-- ["-12.50"]

-- parameter boolean
select true as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- parameter timestamp
select cast(? as timestamp) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;
-- ["2026-03-29T01:00:00.000Z"]

-- null string
select cast(null as string) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- null number
select cast(null as float64) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- null boolean
select cast(null as bool) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- null time
select cast(null as datetime) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- double
select cast((-0.5) as float64) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- local literal
select datetime '2026-03-29 02:30:00.000' as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- flag
select `v`.`a` > `v`.`b` as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- same or both null
select `v`.`a` is not distinct
from `v`.`b` as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- instant
select datetime(cast(`v`.`t` as timestamp)) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- local time
select datetime(cast(`v`.`t` as timestamp), 'Europe/Brussels') as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- second
select datetime_trunc(`v`.`t`, second) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- minute
select datetime_trunc(`v`.`t`, minute) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- hour
select datetime_trunc(`v`.`t`, hour) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- day
select datetime_trunc(`v`.`t`, day) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- week
select datetime_trunc(`v`.`t`, isoweek) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- month
select datetime_trunc(`v`.`t`, month) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- quarter
select datetime_trunc(`v`.`t`, quarter) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- year
select datetime_trunc(`v`.`t`, year) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- week from Sunday
select datetime_add(datetime '0999-12-29 00:00:00.000', interval div(datetime_diff(`v`.`t`, datetime '0999-12-29 00:00:00.000', day), 7) * 7 day) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- quarter from February
select datetime_add(datetime '0999-11-01 00:00:00.000', interval div(datetime_diff(`v`.`t`, datetime '0999-11-01 00:00:00.000', month), 3) * 3 month) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- year from February
select datetime_add(datetime '0999-02-01 00:00:00.000', interval div(datetime_diff(`v`.`t`, datetime '0999-02-01 00:00:00.000', month), 12) * 12 month) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- 10 days
select datetime_add(datetime '0999-12-27 00:00:00.000', interval div(datetime_diff(`v`.`t`, datetime '0999-12-27 00:00:00.000', day), 10) * 10 day) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- 90 seconds
select datetime_add(datetime '0999-12-31 23:59:00.000', interval div(datetime_diff(`v`.`t`, datetime '0999-12-31 23:59:00.000', second), 90) * 90 second) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- 5 months from the 15th
select datetime_add(datetime_add(datetime '0999-08-01 00:00:00.000', interval div(datetime_diff(datetime_add(`v`.`t`, interval -1209600000 millisecond), datetime '0999-08-01 00:00:00.000', month), 5) * 5 month), interval 1209600000 millisecond) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- later
select datetime_add(datetime_add(`v`.`t`, interval 13 month), interval 1500 millisecond) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- earlier
select datetime_add(datetime_add(`v`.`t`, interval -1 month), interval -86400000 millisecond) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- count
select count(`v`.`a`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- count where
select count(case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- count_distinct
select count(distinct `v`.`a`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- count_distinct where
select count(distinct case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- count_distinct_approx
select approx_count_distinct(`v`.`a`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- count_distinct_approx where
select approx_count_distinct(case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- sum
select sum(`v`.`a`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- sum where
select sum(case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- avg
select avg(cast(`v`.`a` as float64)) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- avg where
select avg(cast(case when `v`.`b` > 1 then `v`.`a` end as float64)) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- min
select min(`v`.`a`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- min where
select min(case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- max
select max(`v`.`a`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- max where
select max(case when `v`.`b` > 1 then `v`.`a` end) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- divide
select (cast(`v`.`a` as float64) / nullif(cast(`v`.`b` as float64), 0)) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- abs
select abs(`v`.`a`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- round
select round(`v`.`a`, cast(cast(? as int64) as int64)) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;
-- ["2"]

-- floor
select floor(`v`.`a`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- ceil
select ceil(`v`.`a`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- sign
select sign(`v`.`a`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- sqrt
select safe.sqrt(cast(`v`.`a` as float64)) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- ln
select safe.ln(cast(`v`.`a` as float64)) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- exp
select safe.exp(cast(`v`.`a` as float64)) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- power
select safe.pow(cast(`v`.`a` as float64), cast(`v`.`b` as float64)) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- mod
select mod(cast(`v`.`a` as bignumeric), nullif(cast(`v`.`b` as bignumeric), 0)) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- coalesce
select coalesce(`v`.`a`, `v`.`b`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- nullif
select nullif(`v`.`a`, `v`.`b`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- least
select least(`v`.`a`, `v`.`b`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- greatest
select greatest(`v`.`a`, `v`.`b`) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- if
select (case when `v`.`a` > `v`.`b` then `v`.`a` else `v`.`b` end) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- cast text
select cast(`v`.`a` as string) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- cast double
select cast(`v`.`a` as float64) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- cast bigint
select cast(`v`.`a` as int64) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- cast boolean
select cast(`v`.`a` as bool) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- cast timestamp
select cast(`v`.`a` as datetime) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- cast decimal
select cast(`v`.`a` as bignumeric) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;

-- concat
select cast(`v`.`a` as string) || ',' || cast(`v`.`b` as string) as `c0`
from (select cast(1 as float64) as `a`, cast(null as float64) as `b`, datetime '2026-01-01 00:00:00.000' as `t`
union all select cast(2 as float64), cast(null as float64), datetime '2026-01-01 00:00:00.000') as `v`;
