select [q].[c0] as [c0]
from (select count_big(*) as [c0]
from [public].[orders] as [orders]
left join [customers] as [buyer] on ([orders].buyer_id = [buyer].id)
where ([orders].status in (@p1, @p2) and cast(cast([orders].status as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)), cast(cast(@p2 as nvarchar(max)) as varbinary(max)))) and (not ([buyer].name = @p3 and cast(cast([buyer].name as nvarchar(max)) as varbinary(max)) in (cast(cast(@p3 as nvarchar(max)) as varbinary(max)))) or [buyer].name is null)) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["paid","o'pen","Ann"]

select [q].[c0] as [c0]
from (select count_big(*) as [c0]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
left join (select *
from [customers] as [buyer]
where ([buyer].region = @p2 and cast(cast([buyer].region as nvarchar(max)) as varbinary(max)) in (cast(cast(@p2 as nvarchar(max)) as varbinary(max))))) as [buyer] on ([orders].buyer_id = [buyer].id)
where ([orders].status in (@p3, @p4) and cast(cast([orders].status as nvarchar(max)) as varbinary(max)) in (cast(cast(@p3 as nvarchar(max)) as varbinary(max)), cast(cast(@p4 as nvarchar(max)) as varbinary(max)))) and (not ([buyer].name = @p5 and cast(cast([buyer].name as nvarchar(max)) as varbinary(max)) in (cast(cast(@p5 as nvarchar(max)) as varbinary(max)))) or [buyer].name is null)) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["a","north","paid","o'pen","Ann"]
