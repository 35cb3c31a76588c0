select case when "orders".amount < cast($1 as double) then cast($2 as double) when "orders".amount >= cast($3 as double) then cast($4 as double) else round(floor(round(cast("orders".amount as double) / cast($5 as double), 9)) * cast($6 as double), cast($7 as integer)) end as "c0", count(*) as "c1"
from "public"."orders" as "orders"
group by 1
order by 1 asc nulls last
limit $8;
-- [0,0,50,50,0.1,0.1,1,10001]

select case when "orders".amount < cast($1 as double) then cast($2 as double) when "orders".amount >= cast($3 as double) then cast($4 as double) else round(floor(round(cast("orders".amount as double) / cast($5 as double), 9)) * cast($6 as double), cast($7 as integer)) end as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $8) as "orders"
group by 1
order by 1 asc nulls last
limit $9;
-- [0,0,50,50,0.1,0.1,1,"a",10001]
