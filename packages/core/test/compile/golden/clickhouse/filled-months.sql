select `spine`.`t` as `c0`, case when `found`.`g0` is null then 0 when `found`.`m0` is null then 0 else `found`.`m0` end as `c1`, `found`.`m1` as `c2`
from (select toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toDateTime64('2026-02-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-03-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-04-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-05-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-06-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-07-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-08-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-09-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-10-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-11-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-12-01 00:00:00.000', 3, 'UTC')) as `spine`
left join (select toDateTime64(dateTrunc('month', addSeconds(toDateTime64(`orders`.created_at, 3, 'UTC'), timeZoneOffset(toTimeZone(toDateTime(`orders`.created_at), 'America/New_York')))), 3, 'UTC') as `g0`, count(*) as `m0`, avg(`orders`.amount) as `m1`
from `public`.`orders` as `orders`
where (`orders`.created_at >= toDateTime64({p1:String}, 3, 'UTC') and `orders`.created_at < toDateTime64({p2:String}, 3, 'UTC'))
group by 1) as `found` on `found`.`g0` = `spine`.`t`
order by 1 asc nulls last
limit 10001;
-- ["2026-01-01 05:00:00.000","2027-01-01 05:00:00.000"]

select `spine`.`t` as `c0`, case when `found`.`g0` is null then 0 when `found`.`m0` is null then 0 else `found`.`m0` end as `c1`, `found`.`m1` as `c2`
from (select toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') as `t`
union all select toDateTime64('2026-02-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-03-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-04-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-05-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-06-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-07-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-08-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-09-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-10-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-11-01 00:00:00.000', 3, 'UTC')
union all select toDateTime64('2026-12-01 00:00:00.000', 3, 'UTC')) as `spine`
left join (select toDateTime64(dateTrunc('month', addSeconds(toDateTime64(`orders`.created_at, 3, 'UTC'), timeZoneOffset(toTimeZone(toDateTime(`orders`.created_at), 'America/New_York')))), 3, 'UTC') as `g0`, count(*) as `m0`, avg(`orders`.amount) as `m1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
where (`orders`.created_at >= toDateTime64({p2:String}, 3, 'UTC') and `orders`.created_at < toDateTime64({p3:String}, 3, 'UTC'))
group by 1) as `found` on `found`.`g0` = `spine`.`t`
order by 1 asc nulls last
limit 10001;
-- ["a","2026-01-01 05:00:00.000","2027-01-01 05:00:00.000"]
