select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [buyer].name as [c0], [payer].name as [c1], count_big(*) as [c2]
from [public].[orders] as [orders]
left join [customers] as [buyer] on ([orders].buyer_id = [buyer].id)
left join [customers] as [payer] on ([orders].payer_id = [payer].id)
group by [buyer].name, [payer].name) as [q]
order by [q].[c2] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc, case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc
offset 0 rows fetch next 10001 rows only;

select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [buyer].name as [c0], [payer].name as [c1], count_big(*) as [c2]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
left join (select *
from [customers] as [buyer]
where ([buyer].region = @p2 and cast(cast([buyer].region as nvarchar(max)) as varbinary(max)) in (cast(cast(@p2 as nvarchar(max)) as varbinary(max))))) as [buyer] on ([orders].buyer_id = [buyer].id)
left join (select *
from [customers] as [payer]
where ([payer].region = @p2 and cast(cast([payer].region as nvarchar(max)) as varbinary(max)) in (cast(cast(@p2 as nvarchar(max)) as varbinary(max))))) as [payer] on ([orders].payer_id = [payer].id)
group by [buyer].name, [payer].name) as [q]
order by [q].[c2] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc, case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc
offset 0 rows fetch next 10001 rows only;
-- ["a","north"]
