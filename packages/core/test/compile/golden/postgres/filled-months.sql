select "spine"."t" as "c0", case when "found"."g0" is null then 0 when "found"."m0" is null then 0 else "found"."m0" end as "c1", "found"."m1" as "c2"
from (select *
from (values (timestamp '2026-01-01T00:00:00.000'), (timestamp '2026-02-01T00:00:00.000'), (timestamp '2026-03-01T00:00:00.000'), (timestamp '2026-04-01T00:00:00.000'), (timestamp '2026-05-01T00:00:00.000'), (timestamp '2026-06-01T00:00:00.000'), (timestamp '2026-07-01T00:00:00.000'), (timestamp '2026-08-01T00:00:00.000'), (timestamp '2026-09-01T00:00:00.000'), (timestamp '2026-10-01T00:00:00.000'), (timestamp '2026-11-01T00:00:00.000'), (timestamp '2026-12-01T00:00:00.000')) as "v"("t")) as "spine"
left join (select date_trunc('month', cast("orders".created_at as timestamptz) at time zone cast($1 as text)) as "g0", count(*) as "m0", avg("orders".amount) as "m1"
from "public"."orders" as "orders"
where ("orders".created_at >= cast($2 as timestamptz) and "orders".created_at < cast($3 as timestamptz))
group by 1) as "found" on "found"."g0" = "spine"."t"
order by 1 asc nulls last
limit $4;
-- ["America/New_York","2026-01-01T05:00:00.000Z","2027-01-01T05:00:00.000Z",10001]

select "spine"."t" as "c0", case when "found"."g0" is null then 0 when "found"."m0" is null then 0 else "found"."m0" end as "c1", "found"."m1" as "c2"
from (select *
from (values (timestamp '2026-01-01T00:00:00.000'), (timestamp '2026-02-01T00:00:00.000'), (timestamp '2026-03-01T00:00:00.000'), (timestamp '2026-04-01T00:00:00.000'), (timestamp '2026-05-01T00:00:00.000'), (timestamp '2026-06-01T00:00:00.000'), (timestamp '2026-07-01T00:00:00.000'), (timestamp '2026-08-01T00:00:00.000'), (timestamp '2026-09-01T00:00:00.000'), (timestamp '2026-10-01T00:00:00.000'), (timestamp '2026-11-01T00:00:00.000'), (timestamp '2026-12-01T00:00:00.000')) as "v"("t")) as "spine"
left join (select date_trunc('month', cast("orders".created_at as timestamptz) at time zone cast($1 as text)) as "g0", count(*) as "m0", avg("orders".amount) as "m1"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = $2) as "orders"
where ("orders".created_at >= cast($3 as timestamptz) and "orders".created_at < cast($4 as timestamptz))
group by 1) as "found" on "found"."g0" = "spine"."t"
order by 1 asc nulls last
limit $5;
-- ["America/New_York","a","2026-01-01T05:00:00.000Z","2027-01-01T05:00:00.000Z",10001]
