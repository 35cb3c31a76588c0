select `q`.`c0` as `c0`
from (select count(*) as `c0`
from `public`.`orders` as `orders`
where `orders`.amount >= cast(? as decimal(65, 30)) and `orders`.id = cast(? as signed) and (`orders`.amount / `orders`.quantity) < cast(? as double) and (`orders`.quantity not in (cast(? as signed), cast(? as signed)) or `orders`.quantity is null)) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["-12.50","9007199254740993","1e+300","1","2"]

select `q`.`c0` as `c0`
from (select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where ((`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary))) and `orders`.amount >= cast(? as decimal(65, 30)) and `orders`.id = cast(? as signed) and (`orders`.quantity not in (cast(? as signed), cast(? as signed)) or `orders`.quantity is null))
limit 18446744073709551615) as `orders`
where (`orders`.amount / `orders`.quantity) < cast(? as double)) as `q`
order by `q`.`c0` desc
limit 10001;
-- ["a","a","-12.50","9007199254740993","1","2","1e+300"]
