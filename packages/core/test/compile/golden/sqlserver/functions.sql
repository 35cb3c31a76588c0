-- parameter text
select @p1 as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];
-- ["it's"]

-- parameter integer
select cast(@p1 as bigint) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];
-- ["9007199254740993"]

-- parameter decimal
select cast(@p1 as decimal(38, 2)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];
-- ["-12.50"]

-- parameter boolean
select cast(1 as bit) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- parameter timestamp
select cast(@p1 as datetime2(3)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];
-- ["2026-03-29T01:00:00.000"]

-- null string
select cast(null as nvarchar(max)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- null number
select cast(null as float) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- null boolean
select cast(null as bit) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- null time
select cast(null as datetime2(3)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- double
select cast((-0.5) as float) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- local literal
select cast('2026-03-29T02:30:00.000' as datetime2(3)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- flag
select cast(case when [v].[a] > [v].[b] then 1 when not ([v].[a] > [v].[b]) then 0 end as bit) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- same or both null
select cast(case when [v].[a] is not distinct
from [v].[b] then 1 when not ([v].[a] is not distinct
from [v].[b]) then 0 end as bit) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- instant
select cast(switchoffset(cast([v].[t] as datetimeoffset(3)), '+00:00') as datetime2(3)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- local time
select dateadd(second, case when cast(switchoffset(cast([v].[t] as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-03-29T01:00:00' then 3600 else 7200 end, cast(switchoffset(cast([v].[t] as datetimeoffset(3)), '+00:00') as datetime2(3))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- second
select cast(convert(char(19), [v].[t], 126) as datetime2(3)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- minute
select cast(convert(char(16), [v].[t], 126) + ':00' as datetime2(3)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- hour
select cast(convert(char(13), [v].[t], 126) + ':00:00' as datetime2(3)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- day
select cast(cast([v].[t] as date) as datetime2(3)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- week
select dateadd(day, cast(floor(datediff_big(day, cast('2000-01-03T00:00:00.000' as datetime2(3)), [v].[t]) / cast(7 as float)) * 7 as int), cast('2000-01-03T00:00:00.000' as datetime2(3))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- month
select cast(convert(char(7), [v].[t], 126) + '-01' as datetime2(3)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- quarter
select dateadd(month, cast(floor((datediff(month, cast('1970-01-01T00:00:00.000' as datetime2(3)), [v].[t]) - 0) / cast(3 as float)) * 3 + 0 as int), cast('1970-01-01T00:00:00.000' as datetime2(3))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- year
select cast(convert(char(4), [v].[t], 126) + '-01-01' as datetime2(3)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- week from Sunday
select dateadd(day, cast(floor(datediff_big(day, cast('2000-01-09T00:00:00.000' as datetime2(3)), [v].[t]) / cast(7 as float)) * 7 as int), cast('2000-01-09T00:00:00.000' as datetime2(3))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- quarter from February
select dateadd(month, cast(floor((datediff(month, cast('1970-01-01T00:00:00.000' as datetime2(3)), [v].[t]) - 1) / cast(3 as float)) * 3 + 1 as int), cast('1970-01-01T00:00:00.000' as datetime2(3))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- year from February
select dateadd(month, cast(floor((datediff(month, cast('1970-01-01T00:00:00.000' as datetime2(3)), [v].[t]) - 1) / cast(12 as float)) * 12 + 1 as int), cast('1970-01-01T00:00:00.000' as datetime2(3))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- 10 days
select dateadd(day, cast(floor(datediff_big(day, cast('1970-01-01T00:00:00.000' as datetime2(3)), [v].[t]) / cast(10 as float)) * 10 as int), cast('1970-01-01T00:00:00.000' as datetime2(3))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- 90 seconds
select dateadd(second, cast(floor(datediff_big(second, cast('1970-01-01T00:00:30.000' as datetime2(3)), [v].[t]) / cast(90 as float)) * 90 as int), cast('1970-01-01T00:00:30.000' as datetime2(3))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- 5 months from the 15th
select dateadd(day, 14, dateadd(month, cast(floor((datediff(month, cast('1970-01-01T00:00:00.000' as datetime2(3)), dateadd(day, -14, [v].[t])) - 0) / cast(5 as float)) * 5 + 0 as int), cast('1970-01-01T00:00:00.000' as datetime2(3)))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- later
select dateadd(millisecond, 500, dateadd(second, 1, dateadd(month, 13, [v].[t]))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- earlier
select dateadd(day, -1, dateadd(month, -1, [v].[t])) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- count
select count_big([v].[a]) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- count where
select count_big(case when [v].[b] > 1 then [v].[a] end) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- count_distinct
select count_big(distinct [v].[a]) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- count_distinct where
select count_big(distinct case when [v].[b] > 1 then [v].[a] end) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- count_distinct_approx
select approx_count_distinct([v].[a]) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- count_distinct_approx where
select approx_count_distinct(case when [v].[b] > 1 then [v].[a] end) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- sum
select sum(cast(0 as bigint) + ([v].[a])) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- sum where
select sum(cast(0 as bigint) + (case when [v].[b] > 1 then [v].[a] end)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- avg
select avg(cast([v].[a] as float)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- avg where
select avg(cast(case when [v].[b] > 1 then [v].[a] end as float)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- min
select min([v].[a]) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- min where
select min(case when [v].[b] > 1 then [v].[a] end) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- max
select max([v].[a]) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- max where
select max(case when [v].[b] > 1 then [v].[a] end) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- divide
select (cast([v].[a] as float) / nullif(cast([v].[b] as float), 0)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- abs
select abs([v].[a]) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- round
select round([v].[a], cast(cast(@p1 as bigint) as int)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];
-- ["2"]

-- floor
select floor([v].[a]) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- ceil
select ceiling([v].[a]) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- sign
select sign([v].[a]) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- sqrt
select sqrt(nullif(greatest(cast([v].[a] as float), cast('-1e-300' as float)), cast('-1e-300' as float))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- ln
select log(nullif(greatest(cast([v].[a] as float), cast(0 as float)), 0)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- exp
select exp(nullif(least(greatest(coalesce(cast([v].[a] as float), cast('709.7' as float)), cast('-700' as float)), cast('709.7' as float)), cast('709.7' as float))) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- power
select (select case when y * log(abs(nullif(x, 0))) < -690 then 0 when (x > 0 or (x = 0 and y >= 0) or (x < 0 and y = floor(y))) and coalesce(y * log(abs(nullif(x, 0))), 0) < 690 then power(x, y) end
from (values (cast([v].[a] as float), cast([v].[b] as float))) as u(x, y)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- mod
select (cast([v].[a] as decimal(38, 10)) % nullif(cast([v].[b] as decimal(38, 10)), 0)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- coalesce
select coalesce([v].[a], [v].[b]) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- nullif
select nullif([v].[a], [v].[b]) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- least
select nullif(least(coalesce(cast([v].[a] as float), cast('-1.7e+308' as float)), coalesce(cast([v].[b] as float), cast('-1.7e+308' as float))), cast('-1.7e+308' as float)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- greatest
select nullif(greatest(coalesce(cast([v].[a] as float), cast('1.7e+308' as float)), coalesce(cast([v].[b] as float), cast('1.7e+308' as float))), cast('1.7e+308' as float)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- if
select (case when [v].[a] > [v].[b] then [v].[a] else [v].[b] end) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- cast text
select cast([v].[a] as nvarchar(max)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- cast double
select cast([v].[a] as float) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- cast bigint
select cast([v].[a] as bigint) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- cast boolean
select cast([v].[a] as bit) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- cast timestamp
select cast([v].[a] as datetime2(3)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- cast decimal
select cast([v].[a] as decimal(38, 10)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];

-- concat
select cast([v].[a] as nvarchar(max)) + ',' + cast([v].[b] as nvarchar(max)) as [c0]
from (select *
from (values (cast(1 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast(2 as float), cast(null as float), cast('2026-01-01T00:00:00.000' as datetime2(3)))) as [v]([a], [b], [t])) as [v];
