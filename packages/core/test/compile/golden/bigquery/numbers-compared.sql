select count(*) as `c0`
from `public`.`orders` as `orders`
where `orders`.amount >= cast(? as bignumeric) and `orders`.id = cast(? as int64) and (`orders`.amount / `orders`.quantity) < cast(? as float64) and (`orders`.quantity not in (cast(? as int64), cast(? as int64)) or `orders`.quantity is null)
order by 1 desc nulls last
limit 10001;
-- ["-12.50","9007199254740993","1e+300","1","2"]

select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and `orders`.amount >= cast(? as bignumeric) and `orders`.id = cast(? as int64) and (`orders`.quantity not in (cast(? as int64), cast(? as int64)) or `orders`.quantity is null))
limit 9223372036854775807) as `orders`
where (`orders`.amount / `orders`.quantity) < cast(? as float64)
order by 1 desc nulls last
limit 10001;
-- ["a","-12.50","9007199254740993","1","2","1e+300"]
