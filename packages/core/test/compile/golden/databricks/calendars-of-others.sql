select timestamp_millis(cast(floor((unix_millis(cast(`orders`.created_at as timestamp)) - 947376000000) / 604800000) as bigint) * 604800000 + 947376000000) as `c0`, timestampadd(MONTH, cast(timestampdiff(MONTH, timestamp '0999-04-01 00:00:00.000', date_trunc('MONTH', cast(`orders`.paid_at as timestamp))) div 12 * 12 as int), timestamp '0999-04-01 00:00:00.000') as `c1`, count(*) as `c2`
from `public`.`orders` as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select timestamp_millis(cast(floor((unix_millis(cast(`orders`.created_at as timestamp)) - 947376000000) / 604800000) as bigint) * 604800000 + 947376000000) as `c0`, timestampadd(MONTH, cast(timestampdiff(MONTH, timestamp '0999-04-01 00:00:00.000', date_trunc('MONTH', cast(`orders`.paid_at as timestamp))) div 12 * 12 as int), timestamp '0999-04-01 00:00:00.000') as `c1`, count(*) as `c2`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p1) as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
