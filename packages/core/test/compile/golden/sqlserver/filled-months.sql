select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [spine].[t] as [c0], case when [found].[g0] is null then 0 when [found].[m0] is null then 0 else [found].[m0] end as [c1], [found].[m1] as [c2]
from (select *
from (values (cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast('2026-02-01T00:00:00.000' as datetime2(3))), (cast('2026-03-01T00:00:00.000' as datetime2(3))), (cast('2026-04-01T00:00:00.000' as datetime2(3))), (cast('2026-05-01T00:00:00.000' as datetime2(3))), (cast('2026-06-01T00:00:00.000' as datetime2(3))), (cast('2026-07-01T00:00:00.000' as datetime2(3))), (cast('2026-08-01T00:00:00.000' as datetime2(3))), (cast('2026-09-01T00:00:00.000' as datetime2(3))), (cast('2026-10-01T00:00:00.000' as datetime2(3))), (cast('2026-11-01T00:00:00.000' as datetime2(3))), (cast('2026-12-01T00:00:00.000' as datetime2(3)))) as [v]([t])) as [spine]
left join (select cast(convert(char(7), dateadd(second, case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-11-01T06:00:00' then case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-03-08T07:00:00' then -18000 else -14400 end else -18000 end, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))), 126) + '-01' as datetime2(3)) as [g0], count_big(*) as [m0], avg(cast([orders].amount as float)) as [m1]
from [public].[orders] as [orders]
where ([orders].created_at >= cast(@p1 as datetime2(3)) and [orders].created_at < cast(@p2 as datetime2(3)))
group by cast(convert(char(7), dateadd(second, case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-11-01T06:00:00' then case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-03-08T07:00:00' then -18000 else -14400 end else -18000 end, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))), 126) + '-01' as datetime2(3))) as [found] on [found].[g0] = [spine].[t]) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["2026-01-01T05:00:00.000","2027-01-01T05:00:00.000"]

select [q].[c0] as [c0], [q].[c1] as [c1], [q].[c2] as [c2]
from (select [spine].[t] as [c0], case when [found].[g0] is null then 0 when [found].[m0] is null then 0 else [found].[m0] end as [c1], [found].[m1] as [c2]
from (select *
from (values (cast('2026-01-01T00:00:00.000' as datetime2(3))), (cast('2026-02-01T00:00:00.000' as datetime2(3))), (cast('2026-03-01T00:00:00.000' as datetime2(3))), (cast('2026-04-01T00:00:00.000' as datetime2(3))), (cast('2026-05-01T00:00:00.000' as datetime2(3))), (cast('2026-06-01T00:00:00.000' as datetime2(3))), (cast('2026-07-01T00:00:00.000' as datetime2(3))), (cast('2026-08-01T00:00:00.000' as datetime2(3))), (cast('2026-09-01T00:00:00.000' as datetime2(3))), (cast('2026-10-01T00:00:00.000' as datetime2(3))), (cast('2026-11-01T00:00:00.000' as datetime2(3))), (cast('2026-12-01T00:00:00.000' as datetime2(3)))) as [v]([t])) as [spine]
left join (select cast(convert(char(7), dateadd(second, case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-11-01T06:00:00' then case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-03-08T07:00:00' then -18000 else -14400 end else -18000 end, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))), 126) + '-01' as datetime2(3)) as [g0], count_big(*) as [m0], avg(cast([orders].amount as float)) as [m1]
from (select *
from [public].[orders] as [orders]
where ([orders].tenant = @p1 and cast(cast([orders].tenant as nvarchar(max)) as varbinary(max)) in (cast(cast(@p1 as nvarchar(max)) as varbinary(max))))) as [orders]
where ([orders].created_at >= cast(@p2 as datetime2(3)) and [orders].created_at < cast(@p3 as datetime2(3)))
group by cast(convert(char(7), dateadd(second, case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-11-01T06:00:00' then case when cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3)) < '2026-03-08T07:00:00' then -18000 else -14400 end else -18000 end, cast(switchoffset(cast([orders].created_at as datetimeoffset(3)), '+00:00') as datetime2(3))), 126) + '-01' as datetime2(3))) as [found] on [found].[g0] = [spine].[t]) as [q]
order by case when [q].[c0] is null then 1 else 0 end, [q].[c0] asc
offset 0 rows fetch next 10001 rows only;
-- ["a","2026-01-01T05:00:00.000","2027-01-01T05:00:00.000"]
