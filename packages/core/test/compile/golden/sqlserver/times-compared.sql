select [q].[c0] as [c0]
from (select count_big(*) as [c0]
from [public].[orders] as [orders]
where ([orders].created_at >= cast(@p1 as datetime2(3)) and [orders].created_at < cast(@p2 as datetime2(3))) and (not ([orders].paid_at >= cast(@p3 as datetime2(3)) and [orders].paid_at < cast(@p4 as datetime2(3))) or [orders].paid_at is null) and [orders].paid_at >= cast(@p5 as datetime2(3))) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["2025-12-31T23:00:00.000","2026-12-31T23:00:00.000","2026-02-28T23:00:00.000","2026-03-31T22:00:00.000","2026-03-29T22:00:00.000"]

select [q].[c0] as [c0]
from (select count_big(*) as [c0]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
where ([orders].created_at >= cast(@p2 as datetime2(3)) and [orders].created_at < cast(@p3 as datetime2(3))) and (not ([orders].paid_at >= cast(@p4 as datetime2(3)) and [orders].paid_at < cast(@p5 as datetime2(3))) or [orders].paid_at is null) and [orders].paid_at >= cast(@p6 as datetime2(3))) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["a","2025-12-31T23:00:00.000","2026-12-31T23:00:00.000","2026-02-28T23:00:00.000","2026-03-31T22:00:00.000","2026-03-29T22:00:00.000"]
