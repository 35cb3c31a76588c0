select `q`.`g0` as `c0`, `q`.`period` as `c1`, `q`.`m0` as `c2`
from (select toDateTime64(dateTrunc('month', toDateTime64(`orders`.created_at, 3, 'UTC')), 3, 'UTC') as `g0`, 0 as `period`, count(*) as `m0`
from `public`.`orders` as `orders`
where (`orders`.created_at >= toDateTime64({p1:String}, 3, 'UTC') and `orders`.created_at < toDateTime64({p2:String}, 3, 'UTC'))
group by 1
union all select toDateTime64(dateTrunc('month', toDateTime64(`orders`.created_at, 3, 'UTC')), 3, 'UTC') as `g0`, 1 as `period`, count(*) as `m0`
from `public`.`orders` as `orders`
where (`orders`.created_at >= toDateTime64({p3:String}, 3, 'UTC') and `orders`.created_at < toDateTime64({p4:String}, 3, 'UTC'))
group by 1) as `q`
order by 2 asc nulls last, 1 asc nulls last
limit 10001;
-- ["2026-01-01 00:00:00.000","2026-03-01 00:00:00.000","2026-03-01 00:00:00.000","2026-05-01 00:00:00.000"]

select `q`.`g0` as `c0`, `q`.`period` as `c1`, `q`.`m0` as `c2`
from (select toDateTime64(dateTrunc('month', toDateTime64(`orders`.created_at, 3, 'UTC')), 3, 'UTC') as `g0`, 0 as `period`, count(*) as `m0`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
where (`orders`.created_at >= toDateTime64({p2:String}, 3, 'UTC') and `orders`.created_at < toDateTime64({p3:String}, 3, 'UTC'))
group by 1
union all select toDateTime64(dateTrunc('month', toDateTime64(`orders`.created_at, 3, 'UTC')), 3, 'UTC') as `g0`, 1 as `period`, count(*) as `m0`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p4:String}) as `orders`
where (`orders`.created_at >= toDateTime64({p5:String}, 3, 'UTC') and `orders`.created_at < toDateTime64({p6:String}, 3, 'UTC'))
group by 1) as `q`
order by 2 asc nulls last, 1 asc nulls last
limit 10001;
-- ["a","2026-01-01 00:00:00.000","2026-03-01 00:00:00.000","a","2026-03-01 00:00:00.000","2026-05-01 00:00:00.000"]
