select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [orders].id as [c0], cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) as [c1], cast([orders].lat as nvarchar(max)) + ',' + cast([orders].lon as nvarchar(max)) as [c2]
from [public].[orders] as [orders]) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc, case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc, case when [q].[c2] is null then 1 else 0 end, [q].[c2] asc
offset 0 rows fetch next 10001 rows only;

select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [orders].id as [c0], cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) as [c1], cast([orders].lat as nvarchar(max)) + ',' + cast([orders].lon as nvarchar(max)) as [c2]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc, case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc, case when [q].[c2] is null then 1 else 0 end, [q].[c2] asc
offset 0 rows fetch next 10001 rows only;
-- ["a"]
