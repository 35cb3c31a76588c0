-- parameter text
select {p1:String} as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;
-- ["it's"]

-- parameter integer
select toInt64({p1:String}) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;
-- ["9007199254740993"]

-- parameter decimal
select toDecimal128({p1:String}, 2) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;
-- ["-12.50"]

-- parameter boolean
select true as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- parameter timestamp
select toDateTime64({p1:String}, 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;
-- ["2026-03-29 01:00:00.000"]

-- null string
select cast(null as Nullable(String)) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- null number
select cast(null as Nullable(Float64)) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- null boolean
select cast(null as Nullable(Bool)) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- null time
select cast(null as Nullable(DateTime64(3, 'UTC'))) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- double
select toFloat64((-0.5)) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- local literal
select toDateTime64('2026-03-29 02:30:00.000', 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- flag
select toBool(`v`.`a` > `v`.`b`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- same or both null
select toBool(`v`.`a` <=> `v`.`b`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- instant
select toDateTime64(`v`.`t`, 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- local time
select addSeconds(toDateTime64(`v`.`t`, 3, 'UTC'), timeZoneOffset(toTimeZone(toDateTime(`v`.`t`), 'Europe/Brussels'))) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- second
select toDateTime64(dateTrunc('second', `v`.`t`), 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- minute
select toDateTime64(dateTrunc('minute', `v`.`t`), 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- hour
select toDateTime64(dateTrunc('hour', `v`.`t`), 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- day
select toDateTime64(dateTrunc('day', `v`.`t`), 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- week
select toDateTime64(dateTrunc('week', `v`.`t`), 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- month
select toDateTime64(dateTrunc('month', `v`.`t`), 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- quarter
select toDateTime64(dateTrunc('quarter', `v`.`t`), 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- year
select toDateTime64(dateTrunc('year', `v`.`t`), 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- week from Sunday
select addMilliseconds(toDateTime64('2000-01-09 00:00:00.000', 3, 'UTC'), toInt64(floor(dateDiff('millisecond', toDateTime64('2000-01-09 00:00:00.000', 3, 'UTC'), `v`.`t`, 'UTC') / 604800000)) * 604800000) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- quarter from February
select addMonths(toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), toInt32(floor((dateDiff('month', toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), `v`.`t`, 'UTC') - 1) / 3) * 3 + 1)) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- year from February
select addMonths(toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), toInt32(floor((dateDiff('month', toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), `v`.`t`, 'UTC') - 1) / 12) * 12 + 1)) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- 10 days
select addMilliseconds(toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), toInt64(floor(dateDiff('millisecond', toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), `v`.`t`, 'UTC') / 864000000)) * 864000000) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- 90 seconds
select addMilliseconds(toDateTime64('1970-01-01 00:00:30.000', 3, 'UTC'), toInt64(floor(dateDiff('millisecond', toDateTime64('1970-01-01 00:00:30.000', 3, 'UTC'), `v`.`t`, 'UTC') / 90000)) * 90000) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- 5 months from the 15th
select addMilliseconds(addMonths(toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), toInt32(floor((dateDiff('month', toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), addMilliseconds(`v`.`t`, -1209600000), 'UTC') - 0) / 5) * 5 + 0)), 1209600000) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- later
select addMilliseconds(addMonths(`v`.`t`, 13), 1500) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- earlier
select addMilliseconds(addMonths(`v`.`t`, -1), -86400000) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- count
select count(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- count where
select count(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- count_distinct
select count(distinct `v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- count_distinct where
select count(distinct `v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- count_distinct_approx
select uniq(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- count_distinct_approx where
select uniq(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- sum
select sum(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- sum where
select sum(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- avg
select avg(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- avg where
select avg(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- min
select min(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- min where
select min(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- max
select max(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- max where
select max(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- median
select quantileExactInclusive(0.5)(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- percentile where
select quantileExactInclusive(0.9)(`v`.`a`) filter (where `v`.`b` > 1) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- divide
select (toFloat64(`v`.`a`) / nullif(toFloat64(`v`.`b`), 0)) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- abs
select abs(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- round
select round(toDecimal128(`v`.`a`, 12), toInt32(toInt64({p1:String}))) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;
-- ["2"]

-- floor
select floor(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- ceil
select ceil(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- sign
select sign(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- sqrt
select sqrt(nullif(greatest(toFloat64(`v`.`a`), toFloat64('-1e-300')), toFloat64('-1e-300'))) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- ln
select ln(nullif(greatest(toFloat64(`v`.`a`), toFloat64('0')), toFloat64('0'))) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- exp
select exp(nullif(least(greatest(coalesce(toFloat64(`v`.`a`), toFloat64('709.7')), toFloat64('-700')), toFloat64('709.7')), toFloat64('709.7'))) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- power
select arrayMap(p -> if(isFinite(p), p, null), [power(toFloat64(`v`.`a`), toFloat64(`v`.`b`))])[1] as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- mod
select (`v`.`a` % nullif(`v`.`b`, 0)) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- coalesce
select coalesce(`v`.`a`, `v`.`b`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- nullif
select nullif(`v`.`a`, `v`.`b`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- least
select nullif(least(coalesce(toFloat64(`v`.`a`), toFloat64('-1.7e+308')), coalesce(toFloat64(`v`.`b`), toFloat64('-1.7e+308'))), toFloat64('-1.7e+308')) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- greatest
select nullif(greatest(coalesce(toFloat64(`v`.`a`), toFloat64('1.7e+308')), coalesce(toFloat64(`v`.`b`), toFloat64('1.7e+308'))), toFloat64('1.7e+308')) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- if
select (case when `v`.`a` > `v`.`b` then `v`.`a` else `v`.`b` end) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- cast text
select toString(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- cast double
select toFloat64(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- cast bigint
select toInt64(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- cast boolean
select toBool(`v`.`a`) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- cast timestamp
select toDateTime64(`v`.`a`, 3, 'UTC') as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- cast decimal
select toDecimal128(`v`.`a`, 10) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;

-- concat
select concat(toString(`v`.`a`), ',', toString(`v`.`b`)) as `c0`
from (select toFloat64(1) as `a`, cast(null as Nullable(Float64)) as `b`, toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toFloat64(2), cast(null as Nullable(Float64)), toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC')) as `v`;
