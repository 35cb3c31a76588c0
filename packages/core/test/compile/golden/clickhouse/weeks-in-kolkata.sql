select toDateTime64(dateTrunc('week', addSeconds(toDateTime64(`orders`.created_at, 3, 'UTC'), timeZoneOffset(toTimeZone(toDateTime(`orders`.created_at), 'Asia/Kolkata')))), 3, 'UTC') as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
group by 1
order by 1 asc nulls last
limit 10001;

select toDateTime64(dateTrunc('week', addSeconds(toDateTime64(`orders`.created_at, 3, 'UTC'), timeZoneOffset(toTimeZone(toDateTime(`orders`.created_at), 'Asia/Kolkata')))), 3, 'UTC') as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a"]
