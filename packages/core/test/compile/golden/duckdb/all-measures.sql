select count(*) as "c0", sum("orders".amount) as "c1", avg("orders".amount) as "c2", count(distinct "orders".buyer_id) as "c3", 1.0 * count(*) filter (where ("orders".status = 'paid')) / nullif(count(*), 0) as "c4"
from "public"."orders" as "orders"
order by 1 desc nulls last
limit $1;
-- [10001]

select count(*) as "c0", sum("orders".amount) as "c1", avg("orders".amount) as "c2", count(distinct "orders".buyer_id) as "c3", 1.0 * count(*) filter (where ("orders".status = 'paid')) / nullif(count(*), 0) as "c4"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
order by 1 desc nulls last
limit $2;
-- ["a",10001]
