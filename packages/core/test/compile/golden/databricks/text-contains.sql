select count(*) as `c0`
from `public`.`orders` as `orders`
left join `customers` as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (cast(`buyer`.email as string) ilike :p1 escape '!' or cast(`buyer`.email as string) ilike :p2 escape '!' or cast(`buyer`.email as string) ilike :p3 escape '!') and cast(`buyer`.email as string) ilike :p4 escape '!' and (not (cast(`buyer`.email as string) ilike :p5 escape '!') or `buyer`.email is null)
order by 1 desc nulls last
limit 10001;
-- ["%100!%%","%a!_b\\%","%[a-z]!!%","A%","%c"]

select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = :p1) as `orders`
left join (select *
from `customers` as `buyer`
where `buyer`.region = :p2) as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (cast(`buyer`.email as string) ilike :p3 escape '!' or cast(`buyer`.email as string) ilike :p4 escape '!' or cast(`buyer`.email as string) ilike :p5 escape '!') and cast(`buyer`.email as string) ilike :p6 escape '!' and (not (cast(`buyer`.email as string) ilike :p7 escape '!') or `buyer`.email is null)
order by 1 desc nulls last
limit 10001;
-- ["a","north","%100!%%","%a!_b\\%","%[a-z]!!%","A%","%c"]
