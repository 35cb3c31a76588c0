select "orders".id as "c0", case when ("orders".status = 'paid') then 1 end as "c1", "orders".amount as "c2"
from "public"."orders" as "orders"
order by 2 desc nulls last, 1 asc nulls last, 3 asc nulls last
limit $1;
-- [10001]

select "orders".id as "c0", case when ("orders".status = 'paid') then 1 end as "c1", "orders".amount as "c2"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
order by 2 desc nulls last, 1 asc nulls last, 3 asc nulls last
limit $2;
-- ["a",10001]
