-- partitions.ahead
-- How many partitions each table has beyond those that are being written to: today's jobs expire in $1 days and have ids
-- of this month. None is an alarm: the rows of the next day or month have no place.
with today as (
  select (now() at time zone 'utc')::date as today
)
select
  p.relname::text as parent,
  count(c.oid) filter (
    where case length(c.digits)
      when 8 then to_date(c.digits, 'YYYYMMDD') > t.today + $1::integer
      when 6 then to_date(c.digits, 'YYYYMM') > t.today
    end
  )::integer as ahead
from today t
cross join unnest(array[
  'jobs', 'job_records', 'job_errors', 'job_attempts', 'job_events', 'job_payloads', 'job_results',
  'job_extractions'
]) as parent (name)
join pg_class p on p.oid = parent.name::regclass
left join pg_inherits i on i.inhparent = p.oid
left join lateral (
  select oid, substring(relname from '_([0-9]+)$') as digits from pg_class where oid = i.inhrelid
) c on true
group by p.relname
order by p.relname
