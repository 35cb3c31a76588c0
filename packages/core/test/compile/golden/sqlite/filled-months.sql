select "spine"."t" as "c0", case when "found"."g0" is null then 0 when "found"."m0" is null then 0 else "found"."m0" end as "c1", "found"."m1" as "c2"
from (select "column1" as "t"
from (values ('2026-01-01T00:00:00.000'), ('2026-02-01T00:00:00.000'), ('2026-03-01T00:00:00.000'), ('2026-04-01T00:00:00.000'), ('2026-05-01T00:00:00.000'), ('2026-06-01T00:00:00.000'), ('2026-07-01T00:00:00.000'), ('2026-08-01T00:00:00.000'), ('2026-09-01T00:00:00.000'), ('2026-10-01T00:00:00.000'), ('2026-11-01T00:00:00.000'), ('2026-12-01T00:00:00.000'))) as "spine"
left join (select strftime('%Y-%m-01T00:00:00.000', strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at, case when unixepoch("orders".created_at) < 1793512800 then case when unixepoch("orders".created_at) < 1772953200 then '-18000 seconds' else '-14400 seconds' end else '-18000 seconds' end)) as "g0", count(*) as "m0", avg("orders".amount) as "m1"
from "public"."orders" as "orders"
where (strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) < ?)
group by 1) as "found" on "found"."g0" = "spine"."t"
order by 1 asc nulls last
limit 10001;
-- ["2026-01-01T05:00:00.000","2027-01-01T05:00:00.000"]

select "spine"."t" as "c0", case when "found"."g0" is null then 0 when "found"."m0" is null then 0 else "found"."m0" end as "c1", "found"."m1" as "c2"
from (select "column1" as "t"
from (values ('2026-01-01T00:00:00.000'), ('2026-02-01T00:00:00.000'), ('2026-03-01T00:00:00.000'), ('2026-04-01T00:00:00.000'), ('2026-05-01T00:00:00.000'), ('2026-06-01T00:00:00.000'), ('2026-07-01T00:00:00.000'), ('2026-08-01T00:00:00.000'), ('2026-09-01T00:00:00.000'), ('2026-10-01T00:00:00.000'), ('2026-11-01T00:00:00.000'), ('2026-12-01T00:00:00.000'))) as "spine"
left join (select strftime('%Y-%m-01T00:00:00.000', strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at, case when unixepoch("orders".created_at) < 1793512800 then case when unixepoch("orders".created_at) < 1772953200 then '-18000 seconds' else '-14400 seconds' end else '-18000 seconds' end)) as "g0", count(*) as "m0", avg("orders".amount) as "m1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
where (strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) < ?)
group by 1) as "found" on "found"."g0" = "spine"."t"
order by 1 asc nulls last
limit 10001;
-- ["a","2026-01-01T05:00:00.000","2027-01-01T05:00:00.000"]
