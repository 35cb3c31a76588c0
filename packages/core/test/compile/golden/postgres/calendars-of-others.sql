select date_bin(interval '604800000 milliseconds', cast("orders".created_at as timestamp), timestamp '2000-01-09T00:00:00.000') as "c0", (timestamp '1970-01-01' + make_interval(months => cast(floor(((extract(year
from cast("orders".paid_at as timestamp)) - 1970) * 12 + extract(month
from cast("orders".paid_at as timestamp)) - 1 - 3) / 12) * 12 + 3 as integer))) as "c1", count(*) as "c2"
from "public"."orders" as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit $1;
-- [10001]

select date_bin(interval '604800000 milliseconds', cast("orders".created_at as timestamp), timestamp '2000-01-09T00:00:00.000') as "c0", (timestamp '1970-01-01' + make_interval(months => cast(floor(((extract(year
from cast("orders".paid_at as timestamp)) - 1970) * 12 + extract(month
from cast("orders".paid_at as timestamp)) - 1 - 3) / 12) * 12 + 3 as integer))) as "c1", count(*) as "c2"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit $2;
-- ["a",10001]
