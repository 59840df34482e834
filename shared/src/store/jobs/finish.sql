-- jobs.finish
-- Ends attempts under their lease tokens. A holder that was fenced (cancelled, rescued) gets no row back and its result
-- goes nowhere. Locks jobs, then leases, each in key order, as every other statement does.
-- A retry beyond the budget is a failure: the caps are decided here, where the counts are.
with ended as (
  select *
  from unnest(
    $1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::integer[],
    $9::bytea[], $10::text[], $11::bigint[], $12::text[], $13::text[], $14::text[]
  ) as e (
    id, token, outcome, code, message, details, delay_ms, status_code,
    body, body_object, body_bytes, warnings, trace_id, artifacts
  )
), locked as (
  select
    j.id, e.outcome, e.code, e.message, e.details, e.delay_ms, e.status_code, e.body, e.body_object, e.body_bytes,
    e.warnings, e.trace_id, e.artifacts,
    case
      when e.outcome <> 'retried' then e.outcome
      when j.attempt_count - j.attempt_base - j.crash_count - j.released_count < j.max_attempts then 'queued'
      else 'failed'
    end as next
  from jobs j
  join ended e on e.id = j.id
  where j.status = 'in_progress' and j.lease_token = e.token
  order by j.id
  for update of j
), moved as (
  update jobs j
  set status = l.next::job_status, lease_token = null, worker_id = null,
    completed_at = case when l.next <> 'queued' then now() end,
    last_failure_code = coalesce(l.code, j.last_failure_code),
    dispatch_seq = j.dispatch_seq + (l.next = 'queued')::integer
  from locked l
  where j.id = l.id
  returning j.id, j.organization_id, j.lane, j.generation, j.attempt_count, j.status, j.dispatch_seq, j.expires_at,
    j.expires_on, j.endpoint
), leases as (
  select r.job_id from running r join moved m on m.id = r.job_id order by r.job_id for update of r
), unleased as (
  delete from running r using leases l where r.job_id = l.job_id
), attempted as (
  update job_attempts a
  set ended_at = now(), outcome = l.outcome, code = l.code, message = l.message, trace_id = l.trace_id
  from moved m
  join locked l on l.id = m.id
  where a.id = m.id and a.attempt = m.attempt_count
), answered as (
  insert into job_results (expires_on, id, generation, status_code, body, body_object, body_bytes, artifacts, warnings)
  select
    m.expires_on, m.id, m.generation, l.status_code, l.body, l.body_object, l.body_bytes, l.artifacts::json,
    l.warnings::json
  from moved m join locked l on l.id = m.id
  where m.status = 'completed'
), explained as (
  insert into job_errors (id, generation, code, message, details)
  select m.id, m.generation, l.code, l.message, l.details::json
  from moved m join locked l on l.id = m.id
  where m.status = 'failed'
), noted as (
  insert into job_events (id, generation, organization_id, status)
  select id, generation, organization_id, status from moved where status <> 'queued'
), queued as (
  insert into outbox (job_id, seq, lane, organization_id, not_before, expires_at)
  select
    m.id, m.dispatch_seq, m.lane, m.organization_id, now() + make_interval(secs => l.delay_ms / 1000.0), m.expires_at
  from moved m join locked l on l.id = m.id
  where m.status = 'queued'
)
select id, status::text as status from moved
