select [q].[c0] as [c0], [q].[c1] as [c1]
from (select [orders].status as [c0], sum(cast(0 as bigint) + ([orders].amount)) as [c1]
from [public].[orders] as [orders]
group by [orders].status) as [q]
order by [q].[c1] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 1 rows fetch next 21 rows only;

select [q].[c0] as [c0], [q].[c1] as [c1]
from (select [orders].status as [c0], sum(cast(0 as bigint) + ([orders].amount)) as [c1]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
group by [orders].status) as [q]
order by [q].[c1] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 1 rows fetch next 21 rows only;
-- ["a"]
