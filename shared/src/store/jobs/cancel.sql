-- jobs.cancel
-- The second half: the row is locked, and this statement's snapshot is younger than the lock.
with moved as (
  update jobs
  set status = 'cancelled', cancelled = true, lease_token = null, worker_id = null, completed_at = now()
  where id = $1 and organization_id = $2 and status in ('validating', 'queued', 'in_progress')
  returning id, organization_id, generation, attempt_count, status
), held as (
  delete from running r using moved m where r.job_id = m.id returning r.job_id, r.worker_id, r.lease_token
), dequeued as (
  delete from outbox o using moved m where o.job_id = m.id
), attempted as (
  update job_attempts a
  set ended_at = now(), outcome = 'cancelled'
  from moved m
  where a.id = m.id and a.attempt = m.attempt_count and a.ended_at is null
), noted as (
  insert into job_events (id, generation, organization_id, status)
  select id, generation, organization_id, status from moved
)
select m.id, held.worker_id, held.lease_token from moved m left join held on held.job_id = m.id
