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
  cross join (values ('job_payloads'), ('job_results')) as t (parent)
)
select
  name, format('create table if not exists %I partition of %I for values from (%s) to (%s)%s', name, parent, low, high, settings)
    as statement
from wanted
where to_regclass(name) is null
order by name
