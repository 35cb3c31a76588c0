select count(*) as "c0"
from "public"."orders" as "orders"
where "orders".is_gift = cast($1 as boolean) and "orders".status is not null and "orders".paid_at is null
order by 1 desc nulls last
limit 10001;
-- [true]

select count(*) as "c0"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
where "orders".is_gift = cast($2 as boolean) and "orders".status is not null and "orders".paid_at is null
order by 1 desc nulls last
limit 10001;
-- ["a",true]
