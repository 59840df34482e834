-- jobs.user_retry
-- The second half of a client's retry: the row is locked. A new generation of the same job, its budget fresh, its data
-- kept for another full time. A handler that a cancel has just stopped is given $4 seconds to end before the next runs,
-- unless its worker has said that it has ended.
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
  returning j.id, j.organization_id, j.lane, j.endpoint, j.dispatch_seq, j.attempt_count, j.expires_at, j.expires_on
), taken as (
  -- Read before anything is moved: both statements below see the rows as they were.
  select
    p.request, p.request_object, p.request_bytes, p.traceparent, p.artifacts, m.id, m.expires_on,
    old.expires_on as was_on
  from moved m
  join old on old.id = m.id
  join job_payloads p on p.expires_on = old.expires_on and p.id = old.id
), payload as (
  insert into job_payloads (expires_on, id, request, request_object, request_bytes, traceparent, artifacts)
  select expires_on, id, request, request_object, request_bytes, traceparent, artifacts
  from taken
  where expires_on <> was_on
), payload_left as (
  delete from job_payloads p using taken t where p.expires_on = t.was_on and p.id = t.id and t.expires_on <> t.was_on
), unanswered as (
  -- A completed job whose time was over: its old answer goes with its old generation.
  delete from job_results a using old, moved m where m.id = old.id and a.expires_on = old.expires_on and a.id = old.id
), unextracted as (
  delete from job_extractions x using old, moved m where m.id = old.id and x.expires_on = old.expires_on and x.id = old.id
), due as (
  -- A null is passed over: a job that nobody ran has nobody to wait for, and few have a time to run at.
  select
    m.id,
    greatest(
      now(),
      (select r.run_at from job_records r where r.id = m.id),
      (
        select a.ended_at + make_interval(secs => $4)
        from job_attempts a
        where a.id = m.id and a.attempt = m.attempt_count and a.outcome = 'cancelled' and a.stopped_at is null
      )
    ) as not_before,
    -- What the broker may still hold of the organization in the lane, if the endpoint is not in trouble.
    (
      select count(*)
      from (
        select 1
        from outbox o
        where o.lane = m.lane and o.organization_id = m.organization_id and o.published_at is not null
          and o.not_before <= now()
        limit w.size
      ) held
    ) < w.size and not exists (select from upstream_states u where u.endpoint = m.endpoint) as room
  from moved m
  cross join lateral (select fairness_window(m.lane, $7, $5) as size) w
), queued as (
  insert into outbox (job_id, seq, lane, endpoint, organization_id, not_before, expires_at, claimed_until)
  select
    m.id, m.dispatch_seq, m.lane, m.endpoint, m.organization_id, d.not_before, m.expires_at,
    case when d.not_before <= now() and d.room then now() + make_interval(secs => $6) end
  from moved m
  join due d on d.id = m.id
)
select m.id, m.lane, m.dispatch_seq, t.traceparent, d.not_before <= now() and d.room as publish
from moved m
join taken t on t.id = m.id
join due d on d.id = m.id
