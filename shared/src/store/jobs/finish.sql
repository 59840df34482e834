-- jobs.finish
-- Ends attempts under their lease tokens. A holder that was fenced (cancelled, rescued) gets no row back and its result
-- goes nowhere. Locks jobs, then leases, each in key order, as every other statement does.
-- A retry beyond the budget is a failure: the caps are decided here, where the counts are. What is released is queued again
-- uncounted: its failure says nothing about the job.
-- A row that the caller may hurry ($15) is left to it for $17 seconds from when it is due, if the broker has room for it
-- and its endpoint is not in trouble.
with ended as (
  select *
  from unnest(
    $1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::integer[],
    $9::bytea[], $10::text[], $11::bigint[], $12::text[], $13::text[], $14::text[], $15::boolean[], $18::text[],
    $19::text[], $20::text[], $21::bytea[], $22::text[], $23::bigint[]
  ) as e (
    id, token, outcome, code, message, details, delay_ms, status_code,
    body, body_object, body_bytes, warnings, trace_id, artifacts, hurry, usage,
    extraction_id, extraction_metadata, extraction, extraction_object, extraction_bytes
  )
), locked as (
  select
    j.id, e.outcome, e.code, e.message, e.details, e.delay_ms, e.status_code, e.body, e.body_object, e.body_bytes,
    e.warnings, e.trace_id, e.artifacts, e.hurry, e.usage,
    e.extraction_id, e.extraction_metadata, e.extraction, e.extraction_object, e.extraction_bytes,
    case
      when e.outcome = 'released' then 'queued'
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
    dispatch_seq = j.dispatch_seq + (l.next = 'queued')::integer,
    released_count = j.released_count + (l.outcome = 'released')::integer
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
  -- A retry that the budget has refused was the last attempt: it failed.
  set ended_at = now(), outcome = case when m.status = 'failed' then 'failed' else l.outcome end, code = l.code, message = l.message, details = l.details::json,
    trace_id = l.trace_id
  from moved m
  join locked l on l.id = m.id
  where a.id = m.id and a.attempt = m.attempt_count
), answered as (
  insert into job_results (
    expires_on, id, generation, status_code, body, body_object, body_bytes, artifacts, warnings, usage
  )
  select
    m.expires_on, m.id, m.generation, l.status_code, l.body, l.body_object, l.body_bytes, l.artifacts::json,
    l.warnings::json, l.usage::json
  from moved m join locked l on l.id = m.id
  where m.status = 'completed'
), extracted as (
  insert into job_extractions (
    expires_on, id, generation, organization_id, extraction_id, endpoint, body, body_object, body_bytes, metadata
  )
  select
    m.expires_on, m.id, m.generation, m.organization_id, l.extraction_id, m.endpoint, l.extraction, l.extraction_object,
    l.extraction_bytes, l.extraction_metadata::json
  from moved m join locked l on l.id = m.id
  where m.status = 'completed' and l.extraction_id is not null
), explained as (
  insert into job_errors (id, generation, code, message, details)
  select m.id, m.generation, l.code, l.message, l.details::json
  from moved m join locked l on l.id = m.id
  where m.status = 'failed'
), noted as (
  insert into job_events (id, generation, organization_id, status)
  select id, generation, organization_id, status from moved where status <> 'queued'
), hurried as (
  select m.id, m.organization_id, m.lane
  from moved m
  join locked l on l.id = m.id
  where l.hurry and not exists (select from upstream_states u where u.endpoint = m.endpoint)
), room as (
  -- How much more of each organization's work the broker may hold, what waits there to be due included.
  select of.organization_id, of.lane, $16 - (
    select count(*)
    from (
      select 1
      from outbox o
      where o.lane = of.lane and o.organization_id = of.organization_id and o.published_at is not null
      limit $16
    ) held
  ) as room
  from (select distinct organization_id, lane from hurried) of
), places as (
  select
    h.id, row_number() over (partition by h.organization_id, h.lane order by h.id) <= r.room as publish
  from hurried h
  join room r on r.organization_id = h.organization_id and r.lane = h.lane
), again as (
  select
    m.id, m.dispatch_seq, m.lane, m.endpoint, m.organization_id, m.expires_at,
    now() + make_interval(secs => l.delay_ms / 1000.0) as not_before,
    coalesce(p.publish, false) as publish
  from moved m
  join locked l on l.id = m.id
  left join places p on p.id = m.id
  where m.status = 'queued'
), queued as (
  insert into outbox (job_id, seq, lane, endpoint, organization_id, not_before, expires_at, claimed_until)
  select
    id, dispatch_seq, lane, endpoint, organization_id, not_before, expires_at,
    case when publish then not_before + make_interval(secs => $17) end
  from again
)
select m.id, m.status::text as status, m.dispatch_seq, coalesce(a.publish, false) as publish
from moved m
left join again a on a.id = m.id
