-- jobs.stopped
-- The second half, with the job's row locked: the handler of a cancelled attempt has ended. A retry that waits for that,
-- and nothing but a time to run at holds back, is due now.
with stopped as (
  update job_attempts a
  set stopped_at = now()
  from jobs j
  where j.id = $1 and j.organization_id = $2 and a.id = j.id and a.attempt = $3 and a.worker_id = $4
    and a.outcome = 'cancelled' and a.stopped_at is null
  returning a.id, a.attempt
), waiting as (
  -- No attempt came after it, so that the row waits for this one.
  select j.id, j.dispatch_seq
  from stopped s
  join jobs j on j.id = s.id and j.attempt_count = s.attempt and j.status = 'queued'
), pulled as (
  update outbox o
  set not_before = greatest(now(), (select r.run_at from job_records r where r.id = o.job_id))
  from waiting w
  where o.job_id = w.id and o.seq = w.dispatch_seq and o.not_before > now()
  returning o.job_id
)
select s.id, exists (select 1 from pulled) as pulled from stopped s
