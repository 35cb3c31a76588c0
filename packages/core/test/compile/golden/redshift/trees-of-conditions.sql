select "orders".status as "c0", count(*) as "c1", sum("orders".amount) as "c2"
from "public"."orders" as "orders"
left join "customers" as "buyer" on ("orders".buyer_id = "buyer".id)
where ("orders".is_gift) and ("orders".status = $1 or ("orders".quantity > cast($2 as bigint) and "buyer".region is not null))
group by 1
having sum("orders".amount) > cast($3 as bigint)
order by 2 desc nulls last, 1 asc nulls last
limit 10001;
-- ["open",1,1]

select "orders".status as "c0", count(*) as "c1", sum("orders".amount) as "c2"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $1) as "orders"
left join (select *
from "customers" as "buyer"
where "buyer".region = $2) as "buyer" on ("orders".buyer_id = "buyer".id)
where ("orders".is_gift) and ("orders".status = $3 or ("orders".quantity > cast($4 as bigint) and "buyer".region is not null))
group by 1
having sum("orders".amount) > cast($5 as bigint)
order by 2 desc nulls last, 1 asc nulls last
limit 10001;
-- ["a","north","open",1,1]
