-- jobs.claim
-- Takes leases on queued jobs, by the dispatch sequence that a message names. A message that is old, early or doubled
-- names nothing here. Rows that another transaction holds are skipped: two workers never wait for each other.
with wanted as (
  select * from unnest($1::uuid[], $2::integer[], $3::bigint[]) as w (id, seq, token)
), locked as (
  select j.id, w.seq, w.token, o.published_at, o.not_before
  from jobs j
  join wanted w on w.id = j.id
  join outbox o on o.job_id = j.id and o.seq = w.seq
  where j.status = 'queued' and j.dispatch_seq = w.seq and j.expires_at > now() and o.not_before <= clock_timestamp()
  order by j.id
  for update of j skip locked
), claimed as (
  update jobs j
  set status = 'in_progress', attempt_count = j.attempt_count + 1, lease_token = l.token, worker_id = $4,
    started_at = coalesce(j.started_at, now()), last_attempt_at = now()
  from locked l
  where j.id = l.id and j.status = 'queued' and j.dispatch_seq = l.seq
  returning j.*, l.published_at, l.not_before
), dequeued as (
  delete from outbox o using claimed c where o.job_id = c.id and o.seq = c.dispatch_seq
), leased as (
  insert into running (job_id, organization_id, endpoint, lease_token, worker_id, lease_expires_at)
  select id, organization_id, endpoint, lease_token, $4, clock_timestamp() + make_interval(secs => $5)
  from claimed
), attempted as (
  insert into job_attempts (id, generation, attempt, worker_id, started_at)
  select id, generation, attempt_count, $4, now()
  from claimed
)
select
  c.id, c.organization_id, c.endpoint, c.lane, c.generation, c.attempt_count, c.lease_token, c.dispatch_seq,
  c.created_at, c.last_failure_code, c.published_at,
  greatest(0, extract(epoch from clock_timestamp() - c.not_before))::float8 as waited,
  c.attempt_count - c.attempt_base - c.crash_count - c.released_count as budget_used, c.max_attempts,
  p.request, p.request_object, p.request_bytes, p.artifacts, p.traceparent
from claimed c
left join job_payloads p on p.expires_on = c.expires_on and p.id = c.id
