select toDateTime64(dateTrunc('day', addSeconds(toDateTime64(`orders`.created_at, 3, 'UTC'), timeZoneOffset(toTimeZone(toDateTime(`orders`.created_at), 'Europe/Brussels')))), 3, 'UTC') as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
where (`orders`.created_at >= toDateTime64({p1:String}, 3, 'UTC') and `orders`.created_at < toDateTime64({p2:String}, 3, 'UTC'))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["2025-12-31 23:00:00.000","2026-12-31 23:00:00.000"]

select toDateTime64(dateTrunc('day', addSeconds(toDateTime64(`orders`.created_at, 3, 'UTC'), timeZoneOffset(toTimeZone(toDateTime(`orders`.created_at), 'Europe/Brussels')))), 3, 'UTC') as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
where (`orders`.created_at >= toDateTime64({p2:String}, 3, 'UTC') and `orders`.created_at < toDateTime64({p3:String}, 3, 'UTC'))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a","2025-12-31 23:00:00.000","2026-12-31 23:00:00.000"]
