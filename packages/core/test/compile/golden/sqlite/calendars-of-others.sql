select strftime('%Y-%m-%dT%H:%M:%f', cast(floor((unixepoch(strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at)) - 947376000) / cast(604800 as real)) as integer) * 604800 + 947376000, 'unixepoch') as "c0", strftime('%Y-%m-%dT00:00:00.000', '1970-01-01', (cast(floor(((strftime('%Y', strftime('%Y-%m-%dT%H:%M:%f', "orders".paid_at)) - 1970) * 12 + strftime('%m', strftime('%Y-%m-%dT%H:%M:%f', "orders".paid_at)) - 1 - 3) / cast(12 as real)) as integer) * 12 + 3) || ' months') as "c1", count(*) as "c2"
from "public"."orders" as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;

select strftime('%Y-%m-%dT%H:%M:%f', cast(floor((unixepoch(strftime('%Y-%m-%dT%H:%M:%f', "orders".created_at)) - 947376000) / cast(604800 as real)) as integer) * 604800 + 947376000, 'unixepoch') as "c0", strftime('%Y-%m-%dT00:00:00.000', '1970-01-01', (cast(floor(((strftime('%Y', strftime('%Y-%m-%dT%H:%M:%f', "orders".paid_at)) - 1970) * 12 + strftime('%m', strftime('%Y-%m-%dT%H:%M:%f', "orders".paid_at)) - 1 - 3) / cast(12 as real)) as integer) * 12 + 3) || ' months') as "c1", count(*) as "c2"
from (select *
from "public"."orders" as "orders"
where "orders".tenant = ?) as "orders"
group by 1, 2
order by 1 asc nulls last, 2 asc nulls last
limit 10001;
-- ["a"]
