select [q].[c0] as [c0]
from (select count_big(*) as [c0]
from [public].[orders] as [orders]
where [orders].amount >= cast(@p1 as decimal(38, 2)) and [orders].id = cast(@p2 as bigint) and ([orders].amount / [orders].quantity) < cast(@p3 as float) and ([orders].quantity not in (cast(@p4 as bigint), cast(@p5 as bigint)) or [orders].quantity is null)) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["-12.50","9007199254740993","1e+300","1","2"]

select [q].[c0] as [c0]
from (select count_big(*) as [c0]
from (select *
from [public].[orders] as [orders]
where (([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max)))) and [orders].amount >= cast(@p2 as decimal(38, 2)) and [orders].id = cast(@p3 as bigint) and ([orders].quantity not in (cast(@p4 as bigint), cast(@p5 as bigint)) or [orders].quantity is null))
order by (select null)
offset 0 rows) as [orders]
where ([orders].amount / [orders].quantity) < cast(@p6 as float)) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["a","-12.50","9007199254740993","1","2","1e+300"]
