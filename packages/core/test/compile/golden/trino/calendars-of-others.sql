select date_add('millisecond', date_diff('millisecond', timestamp '0999-12-29 00:00:00.000', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'UTC') as timestamp(3))) / 604800000 * 604800000, timestamp '0999-12-29 00:00:00.000') as "c0", date_add('month', date_diff('month', timestamp '0999-04-01 00:00:00.000', date_trunc('month', cast(at_timezone(cast("orders".paid_at as timestamp(3) with time zone), 'UTC') as timestamp(3)))) / 12 * 12, timestamp '0999-04-01 00:00:00.000') as "c1", count(*) as "c2"
from "public"."orders" as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select date_add('millisecond', date_diff('millisecond', timestamp '0999-12-29 00:00:00.000', cast(at_timezone(cast("orders".created_at as timestamp(3) with time zone), 'UTC') as timestamp(3))) / 604800000 * 604800000, timestamp '0999-12-29 00:00:00.000') as "c0", date_add('month', date_diff('month', timestamp '0999-04-01 00:00:00.000', date_trunc('month', cast(at_timezone(cast("orders".paid_at as timestamp(3) with time zone), 'UTC') as timestamp(3)))) / 12 * 12, timestamp '0999-04-01 00:00:00.000') as "c1", count(*) as "c2"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
