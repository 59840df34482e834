-- partitions.day_held
-- Whether the requests or results of the day $1 must stay: a job of that day still waits or runs, or the partition $2 that
-- goes first is still there. Once the answer is no it stays no: nothing that has ended gets back to a day that is over.
select
  exists (
    select
    from outbox o
    join jobs j on j.id = o.job_id
    where o.expires_at <= now() and j.expires_on = to_date($1, 'YYYYMMDD')
  )
  or exists (
    select from running r join jobs j on j.id = r.job_id where j.expires_on = to_date($1, 'YYYYMMDD')
  )
  or exists (select from pg_inherits where inhrelid = to_regclass($2)) as held
