select count(*) as `c0`
from `public`.`orders` as `orders`
left join `customers` as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (position(lowerUTF8(toString(`buyer`.email)), lowerUTF8({p1:String})) > 0 or position(lowerUTF8(toString(`buyer`.email)), lowerUTF8({p2:String})) > 0 or position(lowerUTF8(toString(`buyer`.email)), lowerUTF8({p3:String})) > 0) and startsWith(lowerUTF8(toString(`buyer`.email)), lowerUTF8({p4:String})) and (not (endsWith(lowerUTF8(toString(`buyer`.email)), lowerUTF8({p5:String}))) or `buyer`.email is null)
order by 1 desc nulls last
limit 10001;
-- ["100%","a_b\\","[a-z]!","A","c"]

select count(*) as `c0`
from (select *
from `public`.`orders` as `orders`
where `orders`.tenant = {p1:String}) as `orders`
left join (select *
from `customers` as `buyer`
where `buyer`.region = {p2:String}) as `buyer` on (`orders`.buyer_id = `buyer`.id)
where (position(lowerUTF8(toString(`buyer`.email)), lowerUTF8({p3:String})) > 0 or position(lowerUTF8(toString(`buyer`.email)), lowerUTF8({p4:String})) > 0 or position(lowerUTF8(toString(`buyer`.email)), lowerUTF8({p5:String})) > 0) and startsWith(lowerUTF8(toString(`buyer`.email)), lowerUTF8({p6:String})) and (not (endsWith(lowerUTF8(toString(`buyer`.email)), lowerUTF8({p7:String}))) or `buyer`.email is null)
order by 1 desc nulls last
limit 10001;
-- ["a","north","100%","a_b\\","[a-z]!","A","c"]
