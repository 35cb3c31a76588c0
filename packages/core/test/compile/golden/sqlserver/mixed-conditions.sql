select [q].[c0] as [c0], [q].[c1] as [c1]
from (select [q].[g0] as [c0], [q].[m0] as [c1]
from (select [orders].status as [g0], count_big(*) as [m0]
from [public].[orders] as [orders]
group by [orders].status) as [q]
where (([q].[g0] = @p1 and cast(cast([q].[g0] as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)))) or [q].[m0] > cast(@p2 as bigint))) as [q]
order by [q].[c1] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["paid","1"]

select [q].[c0] as [c0], [q].[c1] as [c1]
from (select [q].[g0] as [c0], [q].[m0] as [c1]
from (select [orders].status as [g0], count_big(*) as [m0]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
group by [orders].status) as [q]
where (([q].[g0] = @p2 and cast(cast([q].[g0] as nvarchar(max)) as varbinary(max)) in (cast(cast(@p2 as nvarchar(max)) as varbinary(max)))) or [q].[m0] > cast(@p3 as bigint))) as [q]
order by [q].[c1] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["a","paid","1"]
