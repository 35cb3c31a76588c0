select strftime('%Y-%m-01T00:00:00.000', strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at)) as "c0", count(*) as "c1"
from "public"."orders" as "orders"
group by 1
order by 1 asc nulls last
limit 10001;

select strftime('%Y-%m-01T00:00:00.000', strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at)) as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
