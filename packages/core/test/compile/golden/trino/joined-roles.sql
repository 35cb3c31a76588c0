select "buyer".name as "c0", "payer".name as "c1", count(*) as "c2"
from "public"."orders" as "orders"
left join "customers" as "buyer" on ("orders".buyer_id = "buyer".id)
left join "customers" as "payer" on ("orders".payer_id = "payer".id)
group by 1, 2
order by 3 desc nulls last, 1 asc nulls last, 2 asc nulls last
limit 10001;

select "buyer".name as "c0", "payer".name as "c1", count(*) as "c2"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
left join (select *
from "customers" as "buyer"
where "buyer".region = ?) as "buyer" on ("orders".buyer_id = "buyer".id)
left join (select *
from "customers" as "payer"
where "payer".region = ?) as "payer" on ("orders".payer_id = "payer".id)
group by 1, 2
order by 3 desc nulls last, 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a","north","north"]
