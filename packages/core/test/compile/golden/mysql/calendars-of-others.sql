select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select date_add(timestamp'0999-12-29 00:00:00.000', interval timestampdiff(microsecond, timestamp'0999-12-29 00:00:00.000', cast(`orders`.created_at as datetime(6))) div 604800000000 * 604800000000 microsecond) as `c0`, date_add(timestamp'1970-01-01 00:00:00.000', interval floor((period_diff(date_format(cast(`orders`.paid_at as datetime(6)), '%Y%m'), 197001) - 3) / 12) * 12 + 3 month) as `c1`, count(*) as `c2`
from `public`.`orders` as `orders`
group by 1, 2) as `q`
order by `q`.`c0` is null, `q`.`c0` asc, `q`.`c1` is null, `q`.`c1` asc
limit 10001;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select date_add(timestamp'0999-12-29 00:00:00.000', interval timestampdiff(microsecond, timestamp'0999-12-29 00:00:00.000', cast(`orders`.created_at as datetime(6))) div 604800000000 * 604800000000 microsecond) as `c0`, date_add(timestamp'1970-01-01 00:00:00.000', interval floor((period_diff(date_format(cast(`orders`.paid_at as datetime(6)), '%Y%m'), 197001) - 3) / 12) * 12 + 3 month) as `c1`, count(*) as `c2`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
group by 1, 2) as `q`
order by `q`.`c0` is null, `q`.`c0` asc, `q`.`c1` is null, `q`.`c1` asc
limit 10001;
-- ["a","a"]
