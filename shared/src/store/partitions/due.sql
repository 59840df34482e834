-- partitions.due
-- The partitions whose time is over, in the order in which they go, and how far each has come: `attached`, `pending` when
-- a detach was cut short, `detached` when only the drop is left. Unless it is attached it must bear the mark $2: what an
-- operator has detached, to keep it, is not ours to drop.
-- A day may go on the second midnight after it, one day after the last of its jobs has expired. A month may go $1 days
-- after its end. Of a day the requests go first and of a month the jobs: nobody can then reach what is left of the rest.
with families as (
  select f.parent, p.oid, p.relnamespace, f.digits
  from (values
    ('job_payloads', 8), ('job_results', 8), ('job_extractions', 8),
    ('jobs', 6), ('job_records', 6), ('job_errors', 6), ('job_attempts', 6), ('job_events', 6)
  ) as f (parent, digits)
  join pg_class p on p.oid = f.parent::regclass
), found as (
  select f.parent, f.digits, c.oid, c.relname::text as name,
    case when i.inhdetachpending then 'pending' else 'attached' end as state
  from families f
  join pg_inherits i on i.inhparent = f.oid
  join pg_class c on c.oid = i.inhrelid
  union all
  select f.parent, f.digits, c.oid, c.relname::text, 'detached'
  from families f
  join pg_class c on c.relnamespace = f.relnamespace and c.relkind = 'r' and not c.relispartition
), spans as (
  select parent, name, state, substring(name from length(parent) + 2) as span
  from found
  where name ~ format('^%s_[0-9]{%s}$', parent, digits)
    and (state = 'attached' or obj_description(oid, 'pg_class') = $2)
), today as (
  select (now() at time zone 'utc')::date as today
)
select s.parent, s.name, s.span, s.state
from spans s
cross join today t
where case length(s.span)
  when 8 then to_date(s.span, 'YYYYMMDD') + 2 <= t.today
  else to_date(s.span, 'YYYYMM') + interval '1 month' + make_interval(days => $1) <= t.today
end
order by length(s.span) desc, s.span, s.parent not in ('job_payloads', 'jobs'), s.parent
