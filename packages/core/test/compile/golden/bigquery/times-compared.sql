select count(*) as `c0`
from `public`.`orders` as `orders`
where (cast(`orders`.created_at as timestamp) >= cast(? as timestamp) and cast(`orders`.created_at as timestamp) < cast(? as timestamp)) and (not (cast(`orders`.paid_at as timestamp) >= cast(? as timestamp) and cast(`orders`.paid_at as timestamp) < cast(? as timestamp)) or `orders`.paid_at is null) and cast(`orders`.paid_at as timestamp) >= cast(? as timestamp)
order by 1 desc nulls last
limit 10001;
-- ["2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z","2026-02-28T23:00:00.000Z","2026-03-31T22:00:00.000Z","2026-03-29T22:00:00.000Z"]

select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = ?) as `orders`
where (cast(`orders`.created_at as timestamp) >= cast(? as timestamp) and cast(`orders`.created_at as timestamp) < cast(? as timestamp)) and (not (cast(`orders`.paid_at as timestamp) >= cast(? as timestamp) and cast(`orders`.paid_at as timestamp) < cast(? as timestamp)) or `orders`.paid_at is null) and cast(`orders`.paid_at as timestamp) >= cast(? as timestamp)
order by 1 desc nulls last
limit 10001;
-- ["a","2025-12-31T23:00:00.000Z","2026-12-31T23:00:00.000Z","2026-02-28T23:00:00.000Z","2026-03-31T22:00:00.000Z","2026-03-29T22:00:00.000Z"]
