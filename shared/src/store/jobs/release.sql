-- jobs.release
-- Gives running jobs back, uncounted: the worker is draining. Queued again at the next sequence, due at once.
with given as (
  select * from unnest($1::uuid[], $2::bigint[]) as g (id, token)
), locked as (
  select j.id
  from jobs j
  join given g on g.id = j.id
  where j.status = 'in_progress' and j.lease_token = g.token
  order by j.id
  for update of j
), moved as (
  update jobs j
  set status = 'queued', lease_token = null, worker_id = null, dispatch_seq = j.dispatch_seq + 1,
    released_count = j.released_count + 1
  from locked l
  where j.id = l.id
  returning j.id, j.organization_id, j.lane, j.endpoint, j.attempt_count, j.dispatch_seq, j.expires_at
), leases as (
  select r.job_id from running r join moved m on m.id = r.job_id order by r.job_id for update of r
), unleased as (
  delete from running r using leases l where r.job_id = l.job_id
), attempted as (
  update job_attempts a
  set ended_at = now(), outcome = 'released'
  from moved m
  where a.id = m.id and a.attempt = m.attempt_count
), queued as (
  insert into outbox (job_id, seq, lane, endpoint, organization_id, expires_at)
  select id, dispatch_seq, lane, endpoint, organization_id, expires_at from moved
)
select id from moved
