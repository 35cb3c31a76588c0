select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `spine`.`t` as `c0`, case when `found`.`g0` is null then 0 when `found`.`m0` is null then 0 else `found`.`m0` end as `c1`, `found`.`m1` as `c2`
from (select timestamp'2026-01-01 00:00:00.000' as `t`
union all select timestamp'2026-02-01 00:00:00.000'
union all select timestamp'2026-03-01 00:00:00.000'
union all select timestamp'2026-04-01 00:00:00.000'
union all select timestamp'2026-05-01 00:00:00.000'
union all select timestamp'2026-06-01 00:00:00.000'
union all select timestamp'2026-07-01 00:00:00.000'
union all select timestamp'2026-08-01 00:00:00.000'
union all select timestamp'2026-09-01 00:00:00.000'
union all select timestamp'2026-10-01 00:00:00.000'
union all select timestamp'2026-11-01 00:00:00.000'
union all select timestamp'2026-12-01 00:00:00.000') as `spine`
left join (select cast(date_format(date_add(cast(`orders`.created_at as datetime(6)), interval case when cast(`orders`.created_at as datetime(6)) < timestamp'2026-11-01 06:00:00' then case when cast(`orders`.created_at as datetime(6)) < timestamp'2026-03-08 07:00:00' then -18000 else -14400 end else -18000 end second), '%Y-%m-01') as datetime) as `g0`, count(*) as `m0`, avg(cast(`orders`.amount as double)) as `m1`
from `public`.`orders` as `orders`
where (`orders`.created_at >= cast(? as datetime(6)) and `orders`.created_at < cast(? as datetime(6)))
group by 1) as `found` on `found`.`g0` = `spine`.`t`) as `q`
order by `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["2026-01-01 05:00:00.000","2027-01-01 05:00:00.000"]

select `q`.`c0` as `c0`, `q`.`c1` as `c1`, `q`.`c2` as `c2`
from (select `spine`.`t` as `c0`, case when `found`.`g0` is null then 0 when `found`.`m0` is null then 0 else `found`.`m0` end as `c1`, `found`.`m1` as `c2`
from (select timestamp'2026-01-01 00:00:00.000' as `t`
union all select timestamp'2026-02-01 00:00:00.000'
union all select timestamp'2026-03-01 00:00:00.000'
union all select timestamp'2026-04-01 00:00:00.000'
union all select timestamp'2026-05-01 00:00:00.000'
union all select timestamp'2026-06-01 00:00:00.000'
union all select timestamp'2026-07-01 00:00:00.000'
union all select timestamp'2026-08-01 00:00:00.000'
union all select timestamp'2026-09-01 00:00:00.000'
union all select timestamp'2026-10-01 00:00:00.000'
union all select timestamp'2026-11-01 00:00:00.000'
union all select timestamp'2026-12-01 00:00:00.000') as `spine`
left join (select cast(date_format(date_add(cast(`orders`.created_at as datetime(6)), interval case when cast(`orders`.created_at as datetime(6)) < timestamp'2026-11-01 06:00:00' then case when cast(`orders`.created_at as datetime(6)) < timestamp'2026-03-08 07:00:00' then -18000 else -14400 end else -18000 end second), '%Y-%m-01') as datetime) as `g0`, count(*) as `m0`, avg(cast(`orders`.amount as double)) as `m1`
from (select *
from `public`.`orders` as `orders`
where (`orders`.tenant = ? and cast(convert(`orders`.tenant using utf8mb4) as binary) in (cast(? as binary)))) as `orders`
where (`orders`.created_at >= cast(? as datetime(6)) and `orders`.created_at < cast(? as datetime(6)))
group by 1) as `found` on `found`.`g0` = `spine`.`t`) as `q`
order by `q`.`c0` is null, `q`.`c0` asc
limit 10001;
-- ["a","a","2026-01-01 05:00:00.000","2027-01-01 05:00:00.000"]
