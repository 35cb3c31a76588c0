select datetime_trunc(datetime(cast(`orders`.created_at as timestamp), 'Europe/Brussels'), day) as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
where (cast(`orders`.created_at as timestamp) >= cast(? as timestamp) and cast(`orders`.created_at as timestamp) < cast(? as timestamp))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z"]

select datetime_trunc(datetime(cast(`orders`.created_at as timestamp), 'Europe/Brussels'), day) as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = ?) as `orders`
where (cast(`orders`.created_at as timestamp) >= cast(? as timestamp) and cast(`orders`.created_at as timestamp) < cast(? as timestamp))
group by 1
order by 1 asc nulls last
limit 10001;
-- ["a","2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z"]
