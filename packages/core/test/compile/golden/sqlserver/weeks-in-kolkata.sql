select [q].[c0] as [c0], [q].[c1] as [c1]
from (select dateadd(day, cast(floor(datediff_big(day, cast('2000-01-03T00:00:00.000' as datetime2(3)), dateadd(second, 19800, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)))) / cast(7 as float)) * 7 as int), cast('2000-01-03T00:00:00.000' as datetime2(3))) as [c0], count_big(*) as [c1]
from [public].[orders] as [orders]
group by dateadd(day, cast(floor(datediff_big(day, cast('2000-01-03T00:00:00.000' as datetime2(3)), dateadd(second, 19800, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)))) / cast(7 as float)) * 7 as int), cast('2000-01-03T00:00:00.000' as datetime2(3)))) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;

select [q].[c0] as [c0], [q].[c1] as [c1]
from (select dateadd(day, cast(floor(datediff_big(day, cast('2000-01-03T00:00:00.000' as datetime2(3)), dateadd(second, 19800, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)))) / cast(7 as float)) * 7 as int), cast('2000-01-03T00:00:00.000' as datetime2(3))) as [c0], count_big(*) as [c1]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
group by dateadd(day, cast(floor(datediff_big(day, cast('2000-01-03T00:00:00.000' as datetime2(3)), dateadd(second, 19800, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)))) / cast(7 as float)) * 7 as int), cast('2000-01-03T00:00:00.000' as datetime2(3)))) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["a"]
