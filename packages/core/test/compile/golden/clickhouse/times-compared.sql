select count(*) as `c0`
from `public`.`orders` as `orders`
where (`orders`.created_at >= toDateTime64({p1:String}, 3, 'UTC') and `orders`.created_at < toDateTime64({p2:String}, 3, 'UTC')) and (not (`orders`.paid_at >= toDateTime64({p3:String}, 3, 'UTC') and `orders`.paid_at < toDateTime64({p4:String}, 3, 'UTC')) or `orders`.paid_at is null) and `orders`.paid_at >= toDateTime64({p5:String}, 3, 'UTC')
order by 1 desc nulls last
limit 10001;
-- ["2025-12-31 23:00:00.000","2026-12-31 23:00:00.000","2026-02-28 23:00:00.000","2026-03-31 22:00:00.000","2026-03-29 22:00:00.000"]

select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
where (`orders`.created_at >= toDateTime64({p2:String}, 3, 'UTC') and `orders`.created_at < toDateTime64({p3:String}, 3, 'UTC')) and (not (`orders`.paid_at >= toDateTime64({p4:String}, 3, 'UTC') and `orders`.paid_at < toDateTime64({p5:String}, 3, 'UTC')) or `orders`.paid_at is null) and `orders`.paid_at >= toDateTime64({p6:String}, 3, 'UTC')
order by 1 desc nulls last
limit 10001;
-- ["a","2025-12-31 23:00:00.000","2026-12-31 23:00:00.000","2026-02-28 23:00:00.000","2026-03-31 22:00:00.000","2026-03-29 22:00:00.000"]
