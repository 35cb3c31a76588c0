select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [orders].status as [c0], count_big(*) as [c1], sum(cast(0 as bigint) + ([orders].amount)) as [c2]
from [public].[orders] as [orders]
left join [customers] as [buyer] on ([orders].buyer_id = [buyer].id)
where ([orders].is_gift) and (([orders].status = @p1 and cast(cast([orders].status as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)))) or ([orders].quantity > cast(@p2 as bigint) and [buyer].region is not null))
group by [orders].status
having sum(cast(0 as bigint) + ([orders].amount)) > cast(@p2 as bigint)) as [q]
order by [q].[c1] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["open","1"]

select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [orders].status as [c0], count_big(*) as [c1], sum(cast(0 as bigint) + ([orders].amount)) as [c2]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
left join (select *
from [customers] as [buyer]
where ([buyer].region = @p2 and cast(cast([buyer].region as nvarchar(max)) as varbinary(max)) in (cast(cast(@p2 as nvarchar(max)) as varbinary(max))))) as [buyer] on ([orders].buyer_id = [buyer].id)
where ([orders].is_gift) and (([orders].status = @p3 and cast(cast([orders].status as nvarchar(max)) as varbinary(max)) in (cast(cast(@p3 as nvarchar(max)) as varbinary(max)))) or ([orders].quantity > cast(@p4 as bigint) and [buyer].region is not null))
group by [orders].status
having sum(cast(0 as bigint) + ([orders].amount)) > cast(@p4 as bigint)) as [q]
order by [q].[c1] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["a","north","open","1"]
