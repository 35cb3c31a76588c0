select [q].[c0] as [c0]
from (select count_big(*) as [c0]
from [public].[orders] as [orders]
where [orders].is_gift = cast(1 as bit) and [orders].status is not null and [orders].paid_at is null) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;

select [q].[c0] as [c0]
from (select count_big(*) as [c0]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
where [orders].is_gift = cast(1 as bit) and [orders].status is not null and [orders].paid_at is null) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["a"]
