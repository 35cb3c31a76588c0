select `q`.`c0` as `c0`
from (select count(*) as `c0`
from `public`.`orders` as `orders`
left join `customers` as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (lower(convert(`buyer`.email using utf8mb4)) collate utf8mb4_bin like lower(convert(? using utf8mb4)) collate utf8mb4_bin escape '!' or lower(convert(`buyer`.email using utf8mb4)) collate utf8mb4_bin like lower(convert(? using utf8mb4)) collate utf8mb4_bin escape '!' or lower(convert(`buyer`.email using utf8mb4)) collate utf8mb4_bin like lower(convert(? using utf8mb4)) collate utf8mb4_bin escape '!') and lower(convert(`buyer`.email using utf8mb4)) collate utf8mb4_bin like lower(convert(? using utf8mb4)) collate utf8mb4_bin escape '!' and (not (lower(convert(`buyer`.email using utf8mb4)) collate utf8mb4_bin like lower(convert(? using utf8mb4)) collate utf8mb4_bin escape '!') or `buyer`.email is null)) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["%100!%%","%a!_b\\%","%[a-z]!!%","A%","%c"]

select `q`.`c0` as `c0`
from (select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
left join (select *
from `customers` as `buyer`
where (`buyer`.region = ? and cast(convert(`buyer`.region using utf8mb4) as binary) in (cast(? as binary)))) as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (lower(convert(`buyer`.email using utf8mb4)) collate utf8mb4_bin like lower(convert(? using utf8mb4)) collate utf8mb4_bin escape '!' or lower(convert(`buyer`.email using utf8mb4)) collate utf8mb4_bin like lower(convert(? using utf8mb4)) collate utf8mb4_bin escape '!' or lower(convert(`buyer`.email using utf8mb4)) collate utf8mb4_bin like lower(convert(? using utf8mb4)) collate utf8mb4_bin escape '!') and lower(convert(`buyer`.email using utf8mb4)) collate utf8mb4_bin like lower(convert(? using utf8mb4)) collate utf8mb4_bin escape '!' and (not (lower(convert(`buyer`.email using utf8mb4)) collate utf8mb4_bin like lower(convert(? using utf8mb4)) collate utf8mb4_bin escape '!') or `buyer`.email is null)) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["a","a","north","north","%100!%%","%a!_b\\%","%[a-z]!!%","A%","%c"]
