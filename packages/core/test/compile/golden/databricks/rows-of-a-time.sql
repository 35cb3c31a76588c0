select `orders`.id as `c0`, cast(`orders`.created_at as timestamp) as `c1`, cast(`orders`.lat as string) || ',' || cast(`orders`.lon as string) as `c2`
from `public`.`orders` as `orders`
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit 10001;

select `orders`.id as `c0`, cast(`orders`.created_at as timestamp) as `c1`, cast(`orders`.lat as string) || ',' || cast(`orders`.lon as string) as `c2`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p1) as `orders`
order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last
limit 10001;
-- ["a"]
