select count(*) as `c0`
from `public`.`orders` as `orders`
where `orders`.amount >= cast(:p1 as decimal(38, 2)) and `orders`.id = cast(:p2 as bigint) and (`orders`.amount / `orders`.quantity) < cast(:p3 as double) and (`orders`.quantity not in (cast(:p4 as bigint), cast(:p5 as bigint)) or `orders`.quantity is null)
order by 1 desc nulls last
limit 10001;
-- ["-12.50","9007199254740993","1e+300","1","2"]

select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = :p1 and `orders`.amount >= cast(:p2 as decimal(38, 2)) and `orders`.id = cast(:p3 as bigint) and (`orders`.quantity not in (cast(:p4 as bigint), cast(:p5 as bigint)) or `orders`.quantity is null)) and rand() >= 0) as `orders`
where (`orders`.amount / `orders`.quantity) < cast(:p6 as double)
order by 1 desc nulls last
limit 10001;
-- ["a","-12.50","9007199254740993","1","2","1e+300"]
