select date_trunc('DAY', from_utc_timestamp(cast(`orders`.created_at as timestamp), 'Europe/Brussels')) as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
where (`orders`.created_at >= cast(:p1 as timestamp) and `orders`.created_at < cast(:p2 as timestamp))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z"]

select date_trunc('DAY', from_utc_timestamp(cast(`orders`.created_at as timestamp), 'Europe/Brussels')) as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p1) as `orders`
where (`orders`.created_at >= cast(:p2 as timestamp) and `orders`.created_at < cast(:p3 as timestamp))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a","2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z"]
