select [q].[c0] as [c0]
from (select count_big(*) as [c0]
from [public].[orders] as [orders]
left join [customers] as [buyer] on ([orders].buyer_id = [buyer].id)
where (lower(cast([buyer].email as nvarchar(max))) collate Latin1_General_100_BIN2 like lower(cast(@p1 as nvarchar(max))) collate Latin1_General_100_BIN2 escape '!' or lower(cast([buyer].email as nvarchar(max))) collate Latin1_General_100_BIN2 like lower(cast(@p2 as nvarchar(max))) collate Latin1_General_100_BIN2 escape '!' or lower(cast([buyer].email as nvarchar(max))) collate Latin1_General_100_BIN2 like lower(cast(@p3 as nvarchar(max))) collate Latin1_General_100_BIN2 escape '!') and lower(cast([buyer].email as nvarchar(max))) collate Latin1_General_100_BIN2 like lower(cast(@p4 as nvarchar(max))) collate Latin1_General_100_BIN2 escape '!' and (not (lower(cast([buyer].email as nvarchar(max))) collate Latin1_General_100_BIN2 like lower(cast(@p5 as nvarchar(max))) collate Latin1_General_100_BIN2 escape '!') or [buyer].email is null)) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["%100!%%","%a!_b\\%","%![a-z]!!%","A%","%c"]

select [q].[c0] as [c0]
from (select count_big(*) as [c0]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
left join (select *
from [customers] as [buyer]
where ([buyer].region = @p2 and cast(cast([buyer].region as nvarchar(max)) as varbinary(max)) in (cast(cast(@p2 as nvarchar(max)) as varbinary(max))))) as [buyer] on ([orders].buyer_id = [buyer].id)
where (lower(cast([buyer].email as nvarchar(max))) collate Latin1_General_100_BIN2 like lower(cast(@p3 as nvarchar(max))) collate Latin1_General_100_BIN2 escape '!' or lower(cast([buyer].email as nvarchar(max))) collate Latin1_General_100_BIN2 like lower(cast(@p4 as nvarchar(max))) collate Latin1_General_100_BIN2 escape '!' or lower(cast([buyer].email as nvarchar(max))) collate Latin1_General_100_BIN2 like lower(cast(@p5 as nvarchar(max))) collate Latin1_General_100_BIN2 escape '!') and lower(cast([buyer].email as nvarchar(max))) collate Latin1_General_100_BIN2 like lower(cast(@p6 as nvarchar(max))) collate Latin1_General_100_BIN2 escape '!' and (not (lower(cast([buyer].email as nvarchar(max))) collate Latin1_General_100_BIN2 like lower(cast(@p7 as nvarchar(max))) collate Latin1_General_100_BIN2 escape '!') or [buyer].email is null)) as [q]
order by [q].[c0] desc
offset 0 rows fetch next 10001 rows only;
-- ["a","north","%100!%%","%a!_b\\%","%![a-z]!!%","A%","%c"]
