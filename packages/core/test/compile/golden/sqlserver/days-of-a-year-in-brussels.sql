select [q].[c0] as [c0], [q].[c1] as [c1]
from (select cast(cast(dateadd(second, case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-10-25T01:00:00' then case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-03-29T01:00:00' then 3600 else 7200 end else 3600 end, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))) as date) as datetime2(3)) as [c0], count_big(*) as [c1]
from [public].[orders] as [orders]
where ([orders].created_at >= cast(@p1 as datetime2(3)) and [orders].created_at < cast(@p2 as datetime2(3)))
group by cast(cast(dateadd(second, case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-10-25T01:00:00' then case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-03-29T01:00:00' then 3600 else 7200 end else 3600 end, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))) as date) as datetime2(3))) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["2025-12-31T23:00:00.000","2026-12-31T23:00:00.000"]

select [q].[c0] as [c0], [q].[c1] as [c1]
from (select cast(cast(dateadd(second, case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-10-25T01:00:00' then case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-03-29T01:00:00' then 3600 else 7200 end else 3600 end, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))) as date) as datetime2(3)) as [c0], count_big(*) as [c1]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
where ([orders].created_at >= cast(@p2 as datetime2(3)) and [orders].created_at < cast(@p3 as datetime2(3)))
group by cast(cast(dateadd(second, case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-10-25T01:00:00' then case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-03-29T01:00:00' then 3600 else 7200 end else 3600 end, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))) as date) as datetime2(3))) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["a","2025-12-31T23:00:00.000","2026-12-31T23:00:00.000"]
