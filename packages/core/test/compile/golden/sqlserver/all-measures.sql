select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2], [q].[c3] as [c3], [q].[c4] as [c4]
from (select count_big(*) as [c0], sum(cast(0 as bigint) + ([orders].amount)) as [c1], avg(cast([orders].amount as float)) as [c2], count_big(distinct [orders].buyer_id) as [c3], 1.0 * count_big(case when ([orders].status = 'paid') then 1 end) / nullif(count_big(*), 0) as [c4]
from [public].[orders] as [orders]) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;

select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2], [q].[c3] as [c3], [q].[c4] as [c4]
from (select count_big(*) as [c0], sum(cast(0 as bigint) + ([orders].amount)) as [c1], avg(cast([orders].amount as float)) as [c2], count_big(distinct [orders].buyer_id) as [c3], 1.0 * count_big(case when ([orders].status = 'paid') then 1 end) / nullif(count_big(*), 0) as [c4]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["a"]
