select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select dateadd(day, cast(floor(datediff_big(day, cast('2000-01-09T00:00:00.000' as datetime2(3)), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))) / cast(7 as float)) * 7 as int), cast('2000-01-09T00:00:00.000' as datetime2(3))) as [c0], dateadd(month, cast(floor((datediff(month, cast('1970-01-01T00:00:00.000' as datetime2(3)), cast(switchoffset(cast([orders].paid_at as datetimeoffset(3)), '+00:00') as datetime2(3))) - 3) / cast(12 as float)) * 12 + 3 as int), cast('1970-01-01T00:00:00.000' as datetime2(3))) as [c1], count_big(*) as [c2]
from [public].[orders] as [orders]
group by dateadd(day, cast(floor(datediff_big(day, cast('2000-01-09T00:00:00.000' as datetime2(3)), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))) / cast(7 as float)) * 7 as int), cast('2000-01-09T00:00:00.000' as datetime2(3))), dateadd(month, cast(floor((datediff(month, cast('1970-01-01T00:00:00.000' as datetime2(3)), cast(switchoffset(cast([orders].paid_at as datetimeoffset(3)), '+00:00') as datetime2(3))) - 3) / cast(12 as float)) * 12 + 3 as int), cast('1970-01-01T00:00:00.000' as datetime2(3)))) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc, case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc
offset 0 rows fetch next 10001 rows only;

select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select dateadd(day, cast(floor(datediff_big(day, cast('2000-01-09T00:00:00.000' as datetime2(3)), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))) / cast(7 as float)) * 7 as int), cast('2000-01-09T00:00:00.000' as datetime2(3))) as [c0], dateadd(month, cast(floor((datediff(month, cast('1970-01-01T00:00:00.000' as datetime2(3)), cast(switchoffset(cast([orders].paid_at as datetimeoffset(3)), '+00:00') as datetime2(3))) - 3) / cast(12 as float)) * 12 + 3 as int), cast('1970-01-01T00:00:00.000' as datetime2(3))) as [c1], count_big(*) as [c2]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
group by dateadd(day, cast(floor(datediff_big(day, cast('2000-01-09T00:00:00.000' as datetime2(3)), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))) / cast(7 as float)) * 7 as int), cast('2000-01-09T00:00:00.000' as datetime2(3))), dateadd(month, cast(floor((datediff(month, cast('1970-01-01T00:00:00.000' as datetime2(3)), cast(switchoffset(cast([orders].paid_at as datetimeoffset(3)), '+00:00') as datetime2(3))) - 3) / cast(12 as float)) * 12 + 3 as int), cast('1970-01-01T00:00:00.000' as datetime2(3)))) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc, case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc
offset 0 rows fetch next 10001 rows only;
-- ["a"]
