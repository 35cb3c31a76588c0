select `spine`.`t` as `c0`, case when `found`.`g0` is null then 0 when `found`.`m0` is null then 0 else `found`.`m0` end as `c1`, `found`.`m1` as `c2`
from (select datetime '2026-01-01 00:00:00.000' as `t`
union all select datetime '2026-02-01 00:00:00.000'
union all select datetime '2026-03-01 00:00:00.000'
union all select datetime '2026-04-01 00:00:00.000'
union all select datetime '2026-05-01 00:00:00.000'
union all select datetime '2026-06-01 00:00:00.000'
union all select datetime '2026-07-01 00:00:00.000'
union all select datetime '2026-08-01 00:00:00.000'
union all select datetime '2026-09-01 00:00:00.000'
union all select datetime '2026-10-01 00:00:00.000'
union all select datetime '2026-11-01 00:00:00.000'
union all select datetime '2026-12-01 00:00:00.000') as `spine`
left join (select datetime_trunc(datetime(cast(`orders`.created_at as timestamp), 'America/New_York'), month) as `g0`, count(*) as `m0`, avg(cast(`orders`.amount as float64)) as `m1`
from `public`.`orders` as `orders`
where (cast(`orders`.created_at as timestamp) >= cast(? as timestamp) and cast(`orders`.created_at as timestamp) < cast(? as timestamp))
group by 1) as `found` on `found`.`g0` = `spine`.`t`
order by 1 asc nulls last
limit 10001;
-- ["2026-01-01T05:00:00.000Z","2027-01-01T05:00:00.000Z"]

select `spine`.`t` as `c0`, case when `found`.`g0` is null then 0 when `found`.`m0` is null then 0 else `found`.`m0` end as `c1`, `found`.`m1` as `c2`
from (select datetime '2026-01-01 00:00:00.000' as `t`
union all select datetime '2026-02-01 00:00:00.000'
union all select datetime '2026-03-01 00:00:00.000'
union all select datetime '2026-04-01 00:00:00.000'
union all select datetime '2026-05-01 00:00:00.000'
union all select datetime '2026-06-01 00:00:00.000'
union all select datetime '2026-07-01 00:00:00.000'
union all select datetime '2026-08-01 00:00:00.000'
union all select datetime '2026-09-01 00:00:00.000'
union all select datetime '2026-10-01 00:00:00.000'
union all select datetime '2026-11-01 00:00:00.000'
union all select datetime '2026-12-01 00:00:00.000') as `spine`
left join (select datetime_trunc(datetime(cast(`orders`.created_at as timestamp), 'America/New_York'), month) as `g0`, count(*) as `m0`, avg(cast(`orders`.amount as float64)) as `m1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = ?) as `orders`
where (cast(`orders`.created_at as timestamp) >= cast(? as timestamp) and cast(`orders`.created_at as timestamp) < cast(? as timestamp))
group by 1) as `found` on `found`.`g0` = `spine`.`t`
order by 1 asc nulls last
limit 10001;
-- ["a","2026-01-01T05:00:00.000Z","2027-01-01T05:00:00.000Z"]
