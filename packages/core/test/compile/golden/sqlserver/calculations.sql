select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2], [q].[c3] as [c3], [q].[c4] as [c4]
from (select [q].[g0] as [c0], [q].[m0] as [c1], cast(round(((cast([q].[m1] as float) / nullif(cast([q].[m0] as float), 0))), cast(cast(cast(@p1 as bigint) as float) as int)) as float) as [c2], (case when ((cast((cast(cast([q].[m0] as float) as decimal(38, 10)) % nullif(cast(cast(cast(@p1 as bigint) as float) as decimal(38, 10)), 0)) as float) = cast(cast(@p2 as bigint) as float) and cast([q].[m1] as float) > cast(cast(@p3 as bigint) as float))) then cast(cast(@p2 as bigint) as float) else cast(cast(@p3 as bigint) as float) end) as [c3], nullif(least(coalesce(cast(nullif(greatest(coalesce(cast(sqrt(nullif(greatest(cast(cast([q].[m1] as float) as float), cast('-1e-300' as float)), cast('-1e-300' as float))) as float), cast('1.7e+308' as float)), coalesce(cast(log(nullif(greatest(cast(cast([q].[m0] as float) as float), cast(0 as float)), 0)) as float), cast('1.7e+308' as float))), cast('1.7e+308' as float)) as float), cast('-1.7e+308' as float)), coalesce(cast((select case when y * log(abs(nullif(x, 0))) < -690 then 0 when (x > 0 or (x = 0 and y >= 0) or (x < 0 and y = floor(y))) and coalesce(y * log(abs(nullif(x, 0))), 0) < 690 then power(x, y) end
from (values (cast(cast([q].[m0] as float) as float), cast(cast(cast(@p1 as bigint) as float) as float))) as u(x, y)) as float), cast('-1.7e+308' as float))), cast('-1.7e+308' as float)) as [c4]
from (select [orders].status as [g0], count_big(*) as [m0], sum(cast(0 as bigint) + ([orders].amount)) as [m1]
from [public].[orders] as [orders]
group by [orders].status) as [q]) as [q]
order by [q].[c2] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["2","1","0"]

select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2], [q].[c3] as [c3], [q].[c4] as [c4]
from (select [q].[g0] as [c0], [q].[m0] as [c1], cast(round(((cast([q].[m1] as float) / nullif(cast([q].[m0] as float), 0))), cast(cast(cast(@p1 as bigint) as float) as int)) as float) as [c2], (case when ((cast((cast(cast([q].[m0] as float) as decimal(38, 10)) % nullif(cast(cast(cast(@p1 as bigint) as float) as decimal(38, 10)), 0)) as float) = cast(cast(@p2 as bigint) as float) and cast([q].[m1] as float) > cast(cast(@p3 as bigint) as float))) then cast(cast(@p2 as bigint) as float) else cast(cast(@p3 as bigint) as float) end) as [c3], nullif(least(coalesce(cast(nullif(greatest(coalesce(cast(sqrt(nullif(greatest(cast(cast([q].[m1] as float) as float), cast('-1e-300' as float)), cast('-1e-300' as float))) as float), cast('1.7e+308' as float)), coalesce(cast(log(nullif(greatest(cast(cast([q].[m0] as float) as float), cast(0 as float)), 0)) as float), cast('1.7e+308' as float))), cast('1.7e+308' as float)) as float), cast('-1.7e+308' as float)), coalesce(cast((select case when y * log(abs(nullif(x, 0))) < -690 then 0 when (x > 0 or (x = 0 and y >= 0) or (x < 0 and y = floor(y))) and coalesce(y * log(abs(nullif(x, 0))), 0) < 690 then power(x, y) end
from (values (cast(cast([q].[m0] as float) as float), cast(cast(cast(@p1 as bigint) as float) as float))) as u(x, y)) as float), cast('-1.7e+308' as float))), cast('-1.7e+308' as float)) as [c4]
from (select [orders].status as [g0], count_big(*) as [m0], sum(cast(0 as bigint) + ([orders].amount)) as [m1]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p4 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p4 as nvarchar(max)) as varbinary(max))))) as [orders]
group by [orders].status) as [q]) as [q]
order by [q].[c2] desc, case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["2","1","0","a"]
