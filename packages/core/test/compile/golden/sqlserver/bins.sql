select [q].[c0] as [c0], [q].[c1] as [c1]
from (select case when [orders].amount < cast(0 as float) then cast(0 as float) when [orders].amount >= cast(50 as float) then cast(50 as float) else round(floor(round(cast([orders].amount as float) / cast(0.1 as float), 9)) * cast(0.1 as float), 1) end as [c0], count_big(*) as [c1]
from [public].[orders] as [orders]
group by case when [orders].amount < cast(0 as float) then cast(0 as float) when [orders].amount >= cast(50 as float) then cast(50 as float) else round(floor(round(cast([orders].amount as float) / cast(0.1 as float), 9)) * cast(0.1 as float), 1) end) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;

select [q].[c0] as [c0], [q].[c1] as [c1]
from (select case when [orders].amount < cast(0 as float) then cast(0 as float) when [orders].amount >= cast(50 as float) then cast(50 as float) else round(floor(round(cast([orders].amount as float) / cast(0.1 as float), 9)) * cast(0.1 as float), 1) end as [c0], count_big(*) as [c1]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
group by case when [orders].amount < cast(0 as float) then cast(0 as float) when [orders].amount >= cast(50 as float) then cast(50 as float) else round(floor(round(cast([orders].amount as float) / cast(0.1 as float), 9)) * cast(0.1 as float), 1) end) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["a"]
