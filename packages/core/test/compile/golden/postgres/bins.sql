select case when "orders".amount < cast($1 as double precision) then cast($2 as double precision) when "orders".amount >= cast($3 as double precision) then cast($4 as double precision) else cast(floor(cast("orders".amount as numeric) / cast($5 as numeric)) * cast($6 as numeric) as double precision) end as "c0", count(*) as "c1"
from "public"."orders" as "orders"
group by 1
order by 1 asc nulls last
limit $7;
-- [0,0,50,50,"0.1","0.1",10001]

select case when "orders".amount < cast($1 as double precision) then cast($2 as double precision) when "orders".amount >= cast($3 as double precision) then cast($4 as double precision) else cast(floor(cast("orders".amount as numeric) / cast($5 as numeric)) * cast($6 as numeric) as double precision) end as "c0", count(*) as "c1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $7) as "orders"
group by 1
order by 1 asc nulls last
limit $8;
-- [0,0,50,50,"0.1","0.1","a",10001]
