-- partitions.month_held
-- Whether the month $1 of jobs must stay: one of them is open, or its request is still stored, so that a client's retry
-- may open it again. Or, for what goes with the jobs, because their partition $2 is still there. Once the answer is no it
-- stays no.
with month as (
  select to_date($1, 'YYYYMM')::timestamp at time zone 'utc' as starts,
    (to_date($1, 'YYYYMM') + interval '1 month') at time zone 'utc' as ends
), kept as (
  -- The oldest day of which requests are stored.
  select coalesce(min(to_date(substring(c.relname from '_([0-9]{8})$'), 'YYYYMMDD')), 'infinity') as since
  from pg_inherits i
  join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'job_payloads'::regclass
)
select case
  when $2::text is not null then exists (select from pg_inherits where inhrelid = to_regclass($2))
  else exists (
    select
    from jobs
    where id >= uuid_floor((select starts from month)) and id < uuid_floor((select ends from month))
      and (status in ('validating', 'queued', 'in_progress') or expires_on >= (select since from kept))
  )
end as held
