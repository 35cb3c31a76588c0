select "orders".status as "c0", count(*) as "c1", sum("orders".amount) as "c2"
from "PUBLIC"."ORDERS" as "orders"
left join "CUSTOMERS" as "buyer" on ("orders".buyer_id = "buyer".id)
where ("orders".is_gift) and ("orders".status = ? or ("orders".quantity > cast(? as bigint) and "buyer".region is not null))
group by 1
having sum("orders".amount) > cast(? as bigint)
order by 2 desc nulls last, 1 asc nulls last
limit 10001;
-- ["open","1","1"]

select "orders".status as "c0", count(*) as "c1", sum("orders".amount) as "c2"
from (select *
from "PUBLIC"."ORDERS" as "orders"
where "orders".tenant = ?) as "orders"
left join (select *
from "CUSTOMERS" as "buyer"
where "buyer".region = ?) as "buyer" on ("orders".buyer_id = "buyer".id)
where ("orders".is_gift) and ("orders".status = ? or ("orders".quantity > cast(? as bigint) and "buyer".region is not null))
group by 1
having sum("orders".amount) > cast(? as bigint)
order by 2 desc nulls last, 1 asc nulls last
limit 10001;
-- ["a","north","open","1","1"]
