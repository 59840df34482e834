-- jobs.user_retry
-- The second half of a client's retry: the row is locked. A new generation of the same job, its budget fresh, its data
-- kept for another full time. A handler that a cancel has just stopped is given $4 seconds to end before the next runs.
with old as (
  select id, expires_on, generation from jobs where id = $1 and organization_id = $2
), moved as (
  update jobs j
  set status = 'queued', generation = j.generation + 1, attempt_base = j.attempt_count, crash_count = 0,
    released_count = 0, cancelled = false, started_at = null, completed_at = null, retried_at = now(),
    dispatch_seq = j.dispatch_seq + 1, expires_at = now() + make_interval(secs => $3),
    expires_on = ((now() + make_interval(secs => $3)) at time zone 'utc')::date
  from old
  join job_payloads p on p.expires_on = old.expires_on and p.id = old.id
  where j.id = old.id
    and (j.status in ('failed', 'cancelled', 'expired') or (j.status = 'completed' and j.expires_at <= now()))
  returning j.id, j.organization_id, j.lane, j.dispatch_seq, j.attempt_count, j.expires_at, j.expires_on
), taken as (
  -- Read before anything is moved: both statements below see the rows as they were.
  select p.request, p.request_object, p.request_bytes, p.traceparent, m.id, m.expires_on, old.expires_on as was_on
  from moved m
  join old on old.id = m.id
  join job_payloads p on p.expires_on = old.expires_on and p.id = old.id
), payload as (
  insert into job_payloads (expires_on, id, request, request_object, request_bytes, traceparent)
  select expires_on, id, request, request_object, request_bytes, traceparent from taken where expires_on <> was_on
), payload_left as (
  delete from job_payloads p using taken t where p.expires_on = t.was_on and p.id = t.id and t.expires_on <> t.was_on
), unanswered as (
  -- A completed job whose time was over: its old answer goes with its old generation.
  delete from job_results a using old, moved m where m.id = old.id and a.expires_on = old.expires_on and a.id = old.id
), queued as (
  insert into outbox (job_id, seq, lane, organization_id, not_before, expires_at)
  select
    m.id, m.dispatch_seq, m.lane, m.organization_id,
    greatest(now(), (
      select a.ended_at + make_interval(secs => $4)
      from job_attempts a
      where a.id = m.id and a.attempt = m.attempt_count and a.outcome = 'cancelled'
    )),
    m.expires_at
  from moved m
)
select id from moved
