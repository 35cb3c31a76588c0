select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select date_add(timestamp'0999-12-30 00:00:00.000', interval timestampdiff(microsecond, timestamp'0999-12-30 00:00:00.000', date_add(cast(`orders`.created_at as datetime(6)), interval 19800 second)) div 604800000000 * 604800000000 microsecond) as `c0`, count(*) as `c1`
from `public`.`orders` as `orders`
group by 1) as `q`
order by `q`.`c0` is null, `q`.`c0` asc
limit 10001;

select `q`.`c0` as `c0`, `q`.`c1` as `c1`
from (select date_add(timestamp'0999-12-30 00:00:00.000', interval timestampdiff(microsecond, timestamp'0999-12-30 00:00:00.000', date_add(cast(`orders`.created_at as datetime(6)), interval 19800 second)) div 604800000000 * 604800000000 microsecond) as `c0`, count(*) as `c1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
group by 1) as `q`
order by `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["a","a"]
