select date_trunc('week', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'Asia/Kolkata') as timestamp(3))) as "c0", count(*) as "c1"
from "public"."orders" as "orders"
group by 1
order by 1 asc nulls last
limit 10001;

select date_trunc('week', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'Asia/Kolkata') as timestamp(3))) as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
