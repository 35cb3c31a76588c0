select "spine"."t" as "c0", case when "found"."g0" is null then 0 when "found"."m0" is null then 0 else "found"."m0" end as "c1", "found"."m1" as "c2"
from (select *
from (values (timestamp '2026-01-01 00:00:00.000'), (timestamp '2026-02-01 00:00:00.000'), (timestamp '2026-03-01 00:00:00.000'), (timestamp '2026-04-01 00:00:00.000'), (timestamp '2026-05-01 00:00:00.000'), (timestamp '2026-06-01 00:00:00.000'), (timestamp '2026-07-01 00:00:00.000'), (timestamp '2026-08-01 00:00:00.000'), (timestamp '2026-09-01 00:00:00.000'), (timestamp '2026-10-01 00:00:00.000'), (timestamp '2026-11-01 00:00:00.000'), (timestamp '2026-12-01 00:00:00.000')) as "v"("t")) as "spine"
left join (select date_trunc('month', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'America/New_York') as timestamp(3))) as "g0", count(*) as "m0", avg(cast("orders".amount as double)) as "m1"
from "public"."orders" as "orders"
where ("orders".created_at >= cast(? as timestamp(3)) and "orders".created_at < cast(? as timestamp(3)))
group by 1) as "found" on "found"."g0" = "spine"."t"
order by 1 asc nulls last
limit 10001;
-- ["2026-01-01 05:00:00.000","2027-01-01 05:00:00.000"]

select "spine"."t" as "c0", case when "found"."g0" is null then 0 when "found"."m0" is null then 0 else "found"."m0" end as "c1", "found"."m1" as "c2"
from (select *
from (values (timestamp '2026-01-01 00:00:00.000'), (timestamp '2026-02-01 00:00:00.000'), (timestamp '2026-03-01 00:00:00.000'), (timestamp '2026-04-01 00:00:00.000'), (timestamp '2026-05-01 00:00:00.000'), (timestamp '2026-06-01 00:00:00.000'), (timestamp '2026-07-01 00:00:00.000'), (timestamp '2026-08-01 00:00:00.000'), (timestamp '2026-09-01 00:00:00.000'), (timestamp '2026-10-01 00:00:00.000'), (timestamp '2026-11-01 00:00:00.000'), (timestamp '2026-12-01 00:00:00.000')) as "v"("t")) as "spine"
left join (select date_trunc('month', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'America/New_York') as timestamp(3))) as "g0", count(*) as "m0", avg(cast("orders".amount as double)) as "m1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
where ("orders".created_at >= cast(? as timestamp(3)) and "orders".created_at < cast(? as timestamp(3)))
group by 1) as "found" on "found"."g0" = "spine"."t"
order by 1 asc nulls last
limit 10001;
-- ["a","2026-01-01 05:00:00.000","2027-01-01 05:00:00.000"]
