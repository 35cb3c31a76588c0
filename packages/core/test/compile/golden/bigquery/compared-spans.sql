select `q`.`g0` as `c0`, `q`.`period` as `c1`, `q`.`m0` as `c2`
from (select datetime_trunc(datetime(cast(`orders`.created_at as timestamp)), month) as `g0`, 0 as `period`, count(*) as `m0`
from `public`.`orders` as `orders`
where (cast(`orders`.created_at as timestamp) >= cast(? as timestamp) and cast(`orders`.created_at as timestamp) < cast(? as timestamp))
group by 1
union all select datetime_trunc(datetime(cast(`orders`.created_at as timestamp)), month) as `g0`, 1 as `period`, count(*) as `m0`
from `public`.`orders` as `orders`
where (cast(`orders`.created_at as timestamp) >= cast(? as timestamp) and cast(`orders`.created_at as timestamp) < cast(? as timestamp))
group by 1) as `q`
order by 2 asc nulls last, 1 asc nulls last
limit 10001;
-- ["2026-01-01T00:00:00.000Z","2026-03-01T00:00:00.000Z","2026-03-01T00:00:00.000Z","2026-05-01T00:00:00.000Z"]

select `q`.`g0` as `c0`, `q`.`period` as `c1`, `q`.`m0` as `c2`
from (select datetime_trunc(datetime(cast(`orders`.created_at as timestamp)), month) as `g0`, 0 as `period`, count(*) as `m0`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = ?) as `orders`
where (cast(`orders`.created_at as timestamp) >= cast(? as timestamp) and cast(`orders`.created_at as timestamp) < cast(? as timestamp))
group by 1
union all select datetime_trunc(datetime(cast(`orders`.created_at as timestamp)), month) as `g0`, 1 as `period`, count(*) as `m0`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = ?) as `orders`
where (cast(`orders`.created_at as timestamp) >= cast(? as timestamp) and cast(`orders`.created_at as timestamp) < cast(? as timestamp))
group by 1) as `q`
order by 2 asc nulls last, 1 asc nulls last
limit 10001;
-- ["a","2026-01-01T00:00:00.000Z","2026-03-01T00:00:00.000Z","a","2026-03-01T00:00:00.000Z","2026-05-01T00:00:00.000Z"]
