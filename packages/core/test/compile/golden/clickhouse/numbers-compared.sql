select count(*) as `c0`
from `public`.`orders` as `orders`
where `orders`.amount >= toDecimal128({p1:String}, 2) and `orders`.id = toInt64({p2:String}) and (`orders`.amount / `orders`.quantity) < toFloat64({p3:String}) and (`orders`.quantity not in (toInt64({p4:String}), toInt64({p5:String})) or `orders`.quantity is null)
order by 1 desc nulls last
limit 10001;
-- ["-12.50","9007199254740993","1e+300","1","2"]

select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = {p1:String} and `orders`.amount >= toDecimal128({p2:String}, 2) and `orders`.id = toInt64({p3:String}) and (`orders`.quantity not in (toInt64({p4:String}), toInt64({p5:String})) or `orders`.quantity is null))
limit 9223372036854775807) as `orders`
where (`orders`.amount / `orders`.quantity) < toFloat64({p6:String})
order by 1 desc nulls last
limit 10001;
-- ["a","-12.50","9007199254740993","1","2","1e+300"]
