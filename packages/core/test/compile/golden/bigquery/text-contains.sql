select count(*) as `c0`
from `public`.`orders` as `orders`
left join `customers` as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (strpos(lower(cast(`buyer`.email as string)), lower(?)) > 0 or strpos(lower(cast(`buyer`.email as string)), lower(?)) > 0 or strpos(lower(cast(`buyer`.email as string)), lower(?)) > 0) and starts_with(lower(cast(`buyer`.email as string)), lower(?)) and (not (ends_with(lower(cast(`buyer`.email as string)), lower(?))) or `buyer`.email is null)
order by 1 desc nulls last
limit 10001;
-- ["100%","a_b\\","[a-z]!","A","c"]

select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = ?) as `orders`
left join (select *
from `customers` as `buyer`
where `buyer`.region = ?) as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (strpos(lower(cast(`buyer`.email as string)), lower(?)) > 0 or strpos(lower(cast(`buyer`.email as string)), lower(?)) > 0 or strpos(lower(cast(`buyer`.email as string)), lower(?)) > 0) and starts_with(lower(cast(`buyer`.email as string)), lower(?)) and (not (ends_with(lower(cast(`buyer`.email as string)), lower(?))) or `buyer`.email is null)
order by 1 desc nulls last
limit 10001;
-- ["a","north","100%","a_b\\","[a-z]!","A","c"]
