select "spine"."t" as "c0", case when "found"."g0" is null then 0 when "found"."m0" is null then 0 else "found"."m0" end as "c1", "found"."m1" as "c2"
from (select cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast('2026-02-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-03-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-04-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-05-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-06-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-07-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-08-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-09-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-10-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-11-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-12-01 00:00:00.000' as timestamp_ntz)) as "spine"
left join (select date_trunc('month', cast(convert_timezone('America/New_York', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "g0", count(*) as "m0", avg(cast("orders".amount as double)) as "m1"
from "PUBLIC"."ORDERS" as "orders"
where ("orders".created_at >= cast(? as timestamp_tz) and "orders".created_at < cast(? as timestamp_tz))
group by 1) as "found" on "found"."g0" = "spine"."t"
order by 1 asc nulls last
limit 10001;
-- ["2026-01-01T05:00:00.000Z","2027-01-01T05:00:00.000Z"]

select "spine"."t" as "c0", case when "found"."g0" is null then 0 when "found"."m0" is null then 0 else "found"."m0" end as "c1", "found"."m1" as "c2"
from (select cast('2026-01-01 00:00:00.000' as timestamp_ntz) as "t"
union all select cast('2026-02-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-03-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-04-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-05-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-06-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-07-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-08-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-09-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-10-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-11-01 00:00:00.000' as timestamp_ntz)
union all select cast('2026-12-01 00:00:00.000' as timestamp_ntz)) as "spine"
left join (select date_trunc('month', cast(convert_timezone('America/New_York', cast("orders".created_at as timestamp_tz)) as timestamp_ntz)) as "g0", count(*) as "m0", avg(cast("orders".amount as double)) as "m1"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
where ("orders".created_at >= cast(? as timestamp_tz) and "orders".created_at < cast(? as timestamp_tz))
group by 1) as "found" on "found"."g0" = "spine"."t"
order by 1 asc nulls last
limit 10001;
-- ["a","2026-01-01T05:00:00.000Z","2027-01-01T05:00:00.000Z"]
