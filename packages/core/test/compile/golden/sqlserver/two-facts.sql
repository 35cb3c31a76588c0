select [q].[c0] as [c0], [q].[c1] as [c1]
from (select max([q].[m0]) as [c0], max([q].[m1]) as [c1]
from (select count_big(*) as [m0], null as [m1]
from [public].[orders] as [orders]
union all select null as [m0], count_big(*) as [m1]
from [customers] as [customers]) as [q]) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;

select [q].[c0] as [c0], [q].[c1] as [c1]
from (select max([q].[m0]) as [c0], max([q].[m1]) as [c1]
from (select count_big(*) as [m0], null as [m1]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
union all select null as [m0], count_big(*) as [m1]
from (select *
from [customers] as [customers]
where ([customers].region = @p2 and cast(cast([customers].region as nvarchar(max)) as varbinary(max)) in (cast(cast(@p2 as nvarchar(max)) as varbinary(max))))) as [customers]) as [q]) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["a","north"]
