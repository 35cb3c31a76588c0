select [q].[c0] as [c0], [q].[c1] as [c1]
from (select [orders].status as [c0], count_big(*) as [c1], sum(cast(0 as bigint) + ([orders].amount)) as [c2]
from [public].[orders] as [orders]
group by [orders].status) as [q]
order by [q].[c2] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;

select [q].[c0] as [c0], [q].[c1] as [c1]
from (select [orders].status as [c0], count_big(*) as [c1], sum(cast(0 as bigint) + ([orders].amount)) as [c2]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
group by [orders].status) as [q]
order by [q].[c2] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["a"]
