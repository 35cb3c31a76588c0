select datetime_add(datetime '0999-12-29 00:00:00.000', interval div(datetime_diff(datetime(cast(`orders`.created_at as timestamp)), datetime '0999-12-29 00:00:00.000', day), 7) * 7 day) as `c0`, datetime_add(datetime '0999-04-01 00:00:00.000', interval div(datetime_diff(datetime(cast(`orders`.paid_at as timestamp)), datetime '0999-04-01 00:00:00.000', month), 12) * 12 month) as `c1`, count(*) as `c2`
from `public`.`orders` as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select datetime_add(datetime '0999-12-29 00:00:00.000', interval div(datetime_diff(datetime(cast(`orders`.created_at as timestamp)), datetime '0999-12-29 00:00:00.000', day), 7) * 7 day) as `c0`, datetime_add(datetime '0999-04-01 00:00:00.000', interval div(datetime_diff(datetime(cast(`orders`.paid_at as timestamp)), datetime '0999-04-01 00:00:00.000', month), 12) * 12 month) as `c1`, count(*) as `c2`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = ?) as `orders`
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
