select date_trunc('quarter', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'UTC') as timestamp(3))) as "c0", date_trunc('hour', cast(at_timezone(cast("orders".paid_at as timestamp(3) with time zone), 'UTC') as timestamp(3))) as "c1", count(*) as "c2"
from "public"."orders" as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select date_trunc('quarter', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'UTC') as timestamp(3))) as "c0", date_trunc('hour', cast(at_timezone(cast("orders".paid_at as timestamp(3) with time zone), 'UTC') as timestamp(3))) as "c1", count(*) as "c2"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
