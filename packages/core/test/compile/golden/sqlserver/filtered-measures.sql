select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2], [q].[c3] as [c3]
from (select count_big(case when ([orders].status = 'paid') then 1 end) as [c0], sum(cast(0 as bigint) + (case when ([orders].amount >= 50) and (not [orders].is_gift) then [orders].amount end)) as [c1], min([orders].amount) as [c2], max([orders].amount) as [c3]
from [public].[orders] as [orders]) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;

select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2], [q].[c3] as [c3]
from (select count_big(case when ([orders].status = 'paid') then 1 end) as [c0], sum(cast(0 as bigint) + (case when ([orders].amount >= 50) and (not [orders].is_gift) then [orders].amount end)) as [c1], min([orders].amount) as [c2], max([orders].amount) as [c3]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["a"]
