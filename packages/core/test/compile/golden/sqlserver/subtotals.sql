select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2], [q].[c3] as [c3], [q].[c4] as [c4]
from (select [q].[g0] as [c0], [q].[g1] as [c1], [q].[grouping] as [c2], [q].[m0] as [c3], [q].[m1] as [c4], [q].[r0] as [c5], [q].[r1] as [c6]
from (select [orders].status as [g0], [orders].is_gift as [g1], 0 as [r0], 0 as [r1], 0 as [grouping], sum(cast(0 as bigint) + ([orders].amount)) as [m0], avg(cast([orders].amount as float)) as [m1]
from [public].[orders] as [orders]
group by [orders].status, [orders].is_gift
union all select [orders].status as [g0], null as [g1], 0 as [r0], 1 as [r1], 2 as [grouping], sum(cast(0 as bigint) + ([orders].amount)) as [m0], avg(cast([orders].amount as float)) as [m1]
from [public].[orders] as [orders]
group by [orders].status
union all select null as [g0], null as [g1], 1 as [r0], 1 as [r1], 3 as [grouping], sum(cast(0 as bigint) + ([orders].amount)) as [m0], avg(cast([orders].amount as float)) as [m1]
from [public].[orders] as [orders]) as [q]) as [q]
order by case when [q].[c5] is null then 1 else 0 end, [q].[c5] asc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc, case when [q].[c6] is null then 1 else 0 end, [q].[c6] asc, case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc
offset 0 rows fetch next 10001 rows only;

select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2], [q].[c3] as [c3], [q].[c4] as [c4]
from (select [q].[g0] as [c0], [q].[g1] as [c1], [q].[grouping] as [c2], [q].[m0] as [c3], [q].[m1] as [c4], [q].[r0] as [c5], [q].[r1] as [c6]
from (select [orders].status as [g0], [orders].is_gift as [g1], 0 as [r0], 0 as [r1], 0 as [grouping], sum(cast(0 as bigint) + ([orders].amount)) as [m0], avg(cast([orders].amount as float)) as [m1]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
group by [orders].status, [orders].is_gift
union all select [orders].status as [g0], null as [g1], 0 as [r0], 1 as [r1], 2 as [grouping], sum(cast(0 as bigint) + ([orders].amount)) as [m0], avg(cast([orders].amount as float)) as [m1]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
group by [orders].status
union all select null as [g0], null as [g1], 1 as [r0], 1 as [r1], 3 as [grouping], sum(cast(0 as bigint) + ([orders].amount)) as [m0], avg(cast([orders].amount as float)) as [m1]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]) as [q]) as [q]
order by case when [q].[c5] is null then 1 else 0 end, [q].[c5] asc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc, case when [q].[c6] is null then 1 else 0 end, [q].[c6] asc, case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc
offset 0 rows fetch next 10001 rows only;
-- ["a"]
