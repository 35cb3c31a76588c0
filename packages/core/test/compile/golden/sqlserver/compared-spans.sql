select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [q].[g0] as [c0], [q].[period] as [c1], [q].[m0] as [c2]
from (select cast(convert(char(7), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)), 126) + '-01' as datetime2(3)) as [g0], 0 as [period], count_big(*) as [m0]
from [public].[orders] as [orders]
where ([orders].created_at >= cast(@p1 as datetime2(3)) and [orders].created_at < cast(@p2 as datetime2(3)))
group by cast(convert(char(7), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)), 126) + '-01' as datetime2(3))
union all select cast(convert(char(7), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)), 126) + '-01' as datetime2(3)) as [g0], 1 as [period], count_big(*) as [m0]
from [public].[orders] as [orders]
where ([orders].created_at >= cast(@p2 as datetime2(3)) and [orders].created_at < cast(@p3 as datetime2(3)))
group by cast(convert(char(7), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)), 126) + '-01' as datetime2(3))) as [q]) as [q]
order by case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["2026-01-01T00:00:00.000","2026-03-01T00:00:00.000","2026-05-01T00:00:00.000"]

select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [q].[g0] as [c0], [q].[period] as [c1], [q].[m0] as [c2]
from (select cast(convert(char(7), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)), 126) + '-01' as datetime2(3)) as [g0], 0 as [period], count_big(*) as [m0]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
where ([orders].created_at >= cast(@p2 as datetime2(3)) and [orders].created_at < cast(@p3 as datetime2(3)))
group by cast(convert(char(7), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)), 126) + '-01' as datetime2(3))
union all select cast(convert(char(7), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)), 126) + '-01' as datetime2(3)) as [g0], 1 as [period], count_big(*) as [m0]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
where ([orders].created_at >= cast(@p3 as datetime2(3)) and [orders].created_at < cast(@p4 as datetime2(3)))
group by cast(convert(char(7), cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)), 126) + '-01' as datetime2(3))) as [q]) as [q]
order by case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["a","2026-01-01T00:00:00.000","2026-03-01T00:00:00.000","2026-05-01T00:00:00.000"]
