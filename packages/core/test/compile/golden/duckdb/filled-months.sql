select "spine"."t" as "c0", case when "found"."g0" is null then 0 when "found"."m0" is null then 0 else "found"."m0" end as "c1", "found"."m1" as "c2"
from (select *
from (values (timestamp '2026-01-01T00:00:00.000'), (timestamp '2026-02-01T00:00:00.000'), (timestamp '2026-03-01T00:00:00.000'), (timestamp '2026-04-01T00:00:00.000'), (timestamp '2026-05-01T00:00:00.000'), (timestamp '2026-06-01T00:00:00.000'), (timestamp '2026-07-01T00:00:00.000'), (timestamp '2026-08-01T00:00:00.000'), (timestamp '2026-09-01T00:00:00.000'), (timestamp '2026-10-01T00:00:00.000'), (timestamp '2026-11-01T00:00:00.000'), (timestamp '2026-12-01T00:00:00.000')) as "v"("t")) as "spine"
left join (select date_trunc('month', cast("orders".created_at as timestamp) + to_seconds(case when cast("orders".created_at as timestamp) < cast($1 as timestamp) then cast($2 as bigint) when cast("orders".created_at as timestamp) < cast($3 as timestamp) then cast($4 as bigint) else cast($5 as bigint) end)) as "g0", count(*) as "m0", avg("orders".amount) as "m1"
from "public"."orders" as "orders"
where ("orders".created_at >= cast($6 as timestamp) and "orders".created_at < cast($7 as timestamp))
group by 1) as "found" on "found"."g0" = "spine"."t"
order by 1 asc nulls last
limit $8;
-- ["2026-03-08T07:00:00.000Z",-18000,"2026-11-01T06:00:00.000Z",-14400,-18000,"2026-01-01T05:00:00.000Z","2027-01-01T05:00:00.000Z",10001]

select "spine"."t" as "c0", case when "found"."g0" is null then 0 when "found"."m0" is null then 0 else "found"."m0" end as "c1", "found"."m1" as "c2"
from (select *
from (values (timestamp '2026-01-01T00:00:00.000'), (timestamp '2026-02-01T00:00:00.000'), (timestamp '2026-03-01T00:00:00.000'), (timestamp '2026-04-01T00:00:00.000'), (timestamp '2026-05-01T00:00:00.000'), (timestamp '2026-06-01T00:00:00.000'), (timestamp '2026-07-01T00:00:00.000'), (timestamp '2026-08-01T00:00:00.000'), (timestamp '2026-09-01T00:00:00.000'), (timestamp '2026-10-01T00:00:00.000'), (timestamp '2026-11-01T00:00:00.000'), (timestamp '2026-12-01T00:00:00.000')) as "v"("t")) as "spine"
left join (select date_trunc('month', cast("orders".created_at as timestamp) + to_seconds(case when cast("orders".created_at as timestamp) < cast($1 as timestamp) then cast($2 as bigint) when cast("orders".created_at as timestamp) < cast($3 as timestamp) then cast($4 as bigint) else cast($5 as bigint) end)) as "g0", count(*) as "m0", avg("orders".amount) as "m1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $6) as "orders"
where ("orders".created_at >= cast($7 as timestamp) and "orders".created_at < cast($8 as timestamp))
group by 1) as "found" on "found"."g0" = "spine"."t"
order by 1 asc nulls last
limit $9;
-- ["2026-03-08T07:00:00.000Z",-18000,"2026-11-01T06:00:00.000Z",-14400,-18000,"a","2026-01-01T05:00:00.000Z","2027-01-01T05:00:00.000Z",10001]
