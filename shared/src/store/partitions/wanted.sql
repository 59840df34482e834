-- partitions.wanted
-- The partitions that must be there and are not: months of ids from the last one to $1 ahead, days of expiry from
-- yesterday to $2 ahead.
with months as (
  select date_trunc('month', now() at time zone 'utc') + make_interval(months => n) as month
  from generate_series(-1, $1::integer) n
), days as (
  select (now() at time zone 'utc')::date + n as day from generate_series(-1, $2::integer) n
), wanted as (
  select
    format('%s_%s', parent, to_char(month, 'YYYYMM')) as name, parent,
    format('%L', uuid_floor(month at time zone 'utc')) as low,
    format('%L', uuid_floor((month + interval '1 month') at time zone 'utc')) as high,
    settings
  from months
  cross join (values
    ('jobs', ' with (fillfactor = 65, autovacuum_vacuum_scale_factor = 0.05)'),
    ('job_records', ''), ('job_errors', ''), ('job_attempts', ' with (fillfactor = 80)'), ('job_events', '')
  ) as t (parent, settings)
  union all
  select
    format('%s_%s', parent, to_char(day, 'YYYYMMDD')), parent, format('%L', day), format('%L', day + 1), ''
  from days
  cross join (values ('job_payloads'), ('job_results'), ('job_extractions')) as t (parent)
)
select
  name,
  format(
    'create table %1$I (like %2$I including defaults including constraints including storage)%3$s;
     alter table %2$I attach partition %1$I for values from (%4$s) to (%5$s)',
    name, parent, settings, low, high
  ) as statement
from wanted
-- Read from the table, not by to_regclass: that one's cache may not know what another process made a moment ago.
where not exists (
  select
  from pg_class p
  join pg_class c on c.relnamespace = p.relnamespace
  where p.oid = parent::regclass and c.relname = wanted.name
)
order by name
