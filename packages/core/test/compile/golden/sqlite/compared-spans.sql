select "q"."g0" as "c0", "q"."period" as "c1", "q"."m0" as "c2"
from (select strftime('%Y-%m-01T00:00:00.000', strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at)) as "g0", 0 as "period", count(*) as "m0"
from "public"."orders" as "orders"
where (strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) < ?)
group by 1
union all select strftime('%Y-%m-01T00:00:00.000', strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at)) as "g0", 1 as "period", count(*) as "m0"
from "public"."orders" as "orders"
where (strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) < ?)
group by 1) as "q"
order by 2 asc nulls last, 1 asc nulls last
limit 10001;
-- ["2026-01-01T00:00:00.000","2026-03-01T00:00:00.000","2026-03-01T00:00:00.000","2026-05-01T00:00:00.000"]

select "q"."g0" as "c0", "q"."period" as "c1", "q"."m0" as "c2"
from (select strftime('%Y-%m-01T00:00:00.000', strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at)) as "g0", 0 as "period", count(*) as "m0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
where (strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) < ?)
group by 1
union all select strftime('%Y-%m-01T00:00:00.000', strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at)) as "g0", 1 as "period", count(*) as "m0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
where (strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) >= ? and strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at) < ?)
group by 1) as "q"
order by 2 asc nulls last, 1 asc nulls last
limit 10001;
-- ["a","2026-01-01T00:00:00.000","2026-03-01T00:00:00.000","a","2026-03-01T00:00:00.000","2026-05-01T00:00:00.000"]
