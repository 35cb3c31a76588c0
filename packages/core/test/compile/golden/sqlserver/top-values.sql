select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [q].[g0] as [c0], cast(case when [q].[flag] = 1 then 1 when not ([q].[flag] = 1) then 0 end as bit) as [c1], [q].[m0] as [c2]
from (select case when [top_values].[di_top] is not null then cast([orders].status as nvarchar(max)) else cast(@p1 as nvarchar(max)) end as [g0], case when [top_values].[di_top] is not null then 0 else 1 end as [flag], sum(cast(0 as bigint) + ([orders].amount)) as [m0]
from [public].[orders] as [orders]
left join (select [q].[v] as [v], [q].[di_top] as [di_top], [q].[r] as [r]
from (select [q].[g0] as [v], 1 as [di_top], [q].[m0] as [r]
from (select [orders].status as [g0], sum(cast(0 as bigint) + ([orders].amount)) as [m0]
from [public].[orders] as [orders]
group by [orders].status) as [q]) as [q]
order by [q].[r] desc, case when [q].[v] is null then 1 else 0 end, [q].[v] asc
offset 0 rows fetch next 1 rows only) as [top_values] on coalesce(cast([orders].status as nvarchar(max)), @p2) = coalesce(cast([top_values].[v] as nvarchar(max)), @p2) and (case when [orders].status is null then 1 else 0 end) = (case when [top_values].[v] is null then 1 else 0 end)
group by case when [top_values].[di_top] is not null then cast([orders].status as nvarchar(max)) else cast(@p1 as nvarchar(max)) end, case when [top_values].[di_top] is not null then 0 else 1 end) as [q]) as [q]
order by case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc, [q].[c2] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["Others",""]

select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [q].[g0] as [c0], cast(case when [q].[flag] = 1 then 1 when not ([q].[flag] = 1) then 0 end as bit) as [c1], [q].[m0] as [c2]
from (select case when [top_values].[di_top] is not null then cast([orders].status as nvarchar(max)) else cast(@p1 as nvarchar(max)) end as [g0], case when [top_values].[di_top] is not null then 0 else 1 end as [flag], sum(cast(0 as bigint) + ([orders].amount)) as [m0]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p2 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p2 as nvarchar(max)) as varbinary(max))))) as [orders]
left join (select [q].[v] as [v], [q].[di_top] as [di_top], [q].[r] as [r]
from (select [q].[g0] as [v], 1 as [di_top], [q].[m0] as [r]
from (select [orders].status as [g0], sum(cast(0 as bigint) + ([orders].amount)) as [m0]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p2 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p2 as nvarchar(max)) as varbinary(max))))) as [orders]
group by [orders].status) as [q]) as [q]
order by [q].[r] desc, case when [q].[v] is null then 1 else 0 end, [q].[v] asc
offset 0 rows fetch next 1 rows only) as [top_values] on coalesce(cast([orders].status as nvarchar(max)), @p3) = coalesce(cast([top_values].[v] as nvarchar(max)), @p3) and (case when [orders].status is null then 1 else 0 end) = (case when [top_values].[v] is null then 1 else 0 end)
group by case when [top_values].[di_top] is not null then cast([orders].status as nvarchar(max)) else cast(@p1 as nvarchar(max)) end, case when [top_values].[di_top] is not null then 0 else 1 end) as [q]) as [q]
order by case when [q].[c1] is null then 1 else 0 end, [q].[c1] asc, [q].[c2] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["Others","a",""]
