select addMilliseconds(toDateTime64('2000-01-09 00:00:00.000', 3, 'UTC'), toInt64(floor(dateDiff('millisecond', toDateTime64('2000-01-09 00:00:00.000', 3, 'UTC'), toDateTime64(`orders`.created_at, 3, 'UTC'), 'UTC') / 604800000)) * 604800000) as `c0`, addMonths(toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), toInt32(floor((dateDiff('month', toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), toDateTime64(`orders`.paid_at, 3, 'UTC'), 'UTC') - 3) / 12) * 12 + 3)) as `c1`, count(*) as `c2`
from `public`.`orders` as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select addMilliseconds(toDateTime64('2000-01-09 00:00:00.000', 3, 'UTC'), toInt64(floor(dateDiff('millisecond', toDateTime64('2000-01-09 00:00:00.000', 3, 'UTC'), toDateTime64(`orders`.created_at, 3, 'UTC'), 'UTC') / 604800000)) * 604800000) as `c0`, addMonths(toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), toInt32(floor((dateDiff('month', toDateTime64('1970-01-01 00:00:00.000', 3, 'UTC'), toDateTime64(`orders`.paid_at, 3, 'UTC'), 'UTC') - 3) / 12) * 12 + 3)) as `c1`, count(*) as `c2`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
