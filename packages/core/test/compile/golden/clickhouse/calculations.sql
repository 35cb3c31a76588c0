select `q`.`g0` as `c0`, `q`.`m0` as `c1`, toFloat64(round(toDecimal128(((toFloat64(`q`.`m1`) / nullif(toFloat64(`q`.`m0`), 0))), 12), toInt32(toFloat64(toInt64({p1:String}))))) as `c2`, (case when ((toFloat64((toFloat64(`q`.`m0`) % nullif(toFloat64(toInt64({p2:String})), 0))) = toFloat64(toInt64({p3:String})) and toFloat64(`q`.`m1`) > toFloat64(toInt64({p4:String})))) then toFloat64(toInt64({p5:String})) else toFloat64(toInt64({p6:String})) end) as `c3`, nullif(least(coalesce(toFloat64(nullif(greatest(coalesce(toFloat64(sqrt(nullif(greatest(toFloat64(toFloat64(`q`.`m1`)), toFloat64('-1e-300')), toFloat64('-1e-300')))), toFloat64('1.7e+308')), coalesce(toFloat64(ln(nullif(greatest(toFloat64(toFloat64(`q`.`m0`)), toFloat64('0')), toFloat64('0')))), toFloat64('1.7e+308'))), toFloat64('1.7e+308'))), toFloat64('-1.7e+308')), coalesce(toFloat64(arrayMap(p -> if(isFinite(p), p, null), [power(toFloat64(toFloat64(`q`.`m0`)), toFloat64(toFloat64(toInt64({p7:String}))))])[1]), toFloat64('-1.7e+308'))), toFloat64('-1.7e+308')) as `c4`
from (select `orders`.status as `g0`, count(*) as `m0`, sum(`orders`.amount) as `m1`
from `public`.`orders` as `orders`
group by 1) as `q`
order by 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["2","2","1","0","1","0","2"]

select `q`.`g0` as `c0`, `q`.`m0` as `c1`, toFloat64(round(toDecimal128(((toFloat64(`q`.`m1`) / nullif(toFloat64(`q`.`m0`), 0))), 12), toInt32(toFloat64(toInt64({p1:String}))))) as `c2`, (case when ((toFloat64((toFloat64(`q`.`m0`) % nullif(toFloat64(toInt64({p2:String})), 0))) = toFloat64(toInt64({p3:String})) and toFloat64(`q`.`m1`) > toFloat64(toInt64({p4:String})))) then toFloat64(toInt64({p5:String})) else toFloat64(toInt64({p6:String})) end) as `c3`, nullif(least(coalesce(toFloat64(nullif(greatest(coalesce(toFloat64(sqrt(nullif(greatest(toFloat64(toFloat64(`q`.`m1`)), toFloat64('-1e-300')), toFloat64('-1e-300')))), toFloat64('1.7e+308')), coalesce(toFloat64(ln(nullif(greatest(toFloat64(toFloat64(`q`.`m0`)), toFloat64('0')), toFloat64('0')))), toFloat64('1.7e+308'))), toFloat64('1.7e+308'))), toFloat64('-1.7e+308')), coalesce(toFloat64(arrayMap(p -> if(isFinite(p), p, null), [power(toFloat64(toFloat64(`q`.`m0`)), toFloat64(toFloat64(toInt64({p7:String}))))])[1]), toFloat64('-1.7e+308'))), toFloat64('-1.7e+308')) as `c4`
from (select `orders`.status as `g0`, count(*) as `m0`, sum(`orders`.amount) as `m1`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p8:String}) as `orders`
group by 1) as `q`
order by 3 desc nulls last, 1 asc nulls last
limit 10001;
-- ["2","2","1","0","1","0","2","a"]
