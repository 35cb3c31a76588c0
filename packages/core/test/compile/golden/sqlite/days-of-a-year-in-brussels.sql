select strftime('%Y-%m-%dT00:00:00.000', strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at, case when unixepoch("orders".created_at) < 1792890000 then case when unixepoch("orders".created_at) < 1774746000 then '3600 seconds' else '7200 seconds' end else '3600 seconds' end)) as "c0", count(*) as "c1"
from "public"."orders" as "orders"
where (strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) < ?)
group by 1
order by 1 asc nulls last
limit 10001;
-- ["2025-12-31T23:00:00.000","2026-12-31T23:00:00.000"]

select strftime('%Y-%m-%dT00:00:00.000', strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at, case when unixepoch("orders".created_at) < 1792890000 then case when unixepoch("orders".created_at) < 1774746000 then '3600 seconds' else '7200 seconds' end else '3600 seconds' end)) as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
where (strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) < ?)
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a","2025-12-31T23:00:00.000","2026-12-31T23:00:00.000"]
