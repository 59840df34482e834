-- jobs.claim_limited
-- The second half of a claim under limits. The same as jobs.claim for what has room at its endpoint; the rest is given
-- back to the relay at the same sequence, and answered as deferred, so that its messages can be dropped.
with wanted as (
  select * from unnest($1::uuid[], $2::integer[], $3::bigint[]) as w (id, seq, token)
), limits as materialized (
  select * from endpoint_limits($6, $7, $8)
), used as materialized (
  select r.endpoint, r.organization_id, count(*) as used
  from running r
  where r.endpoint in (select endpoint from limits)
  group by r.endpoint, r.organization_id
), locked as (
  select j.id, j.endpoint, j.organization_id, w.seq, w.token, o.published_at, o.not_before
  from jobs j
  join wanted w on w.id = j.id
  join outbox o on o.job_id = j.id and o.seq = w.seq
  where j.status = 'queued' and j.dispatch_seq = w.seq and j.expires_at > now() and o.not_before <= clock_timestamp()
  order by j.id
  for update of j skip locked
), once as (
  -- A batch may name a job twice.
  select distinct on (id) * from locked order by id
), of_organizations as (
  select
    l.id, l.endpoint,
    row_number() over (partition by l.endpoint, l.organization_id order by l.id) + coalesce(u.used, 0) as nth
  from once l
  left join used u on u.endpoint = l.endpoint and u.organization_id = l.organization_id
), of_endpoints as (
  select
    f.id, m.total, row_number() over (partition by f.endpoint order by f.id) + coalesce(t.used, 0) as nth
  from of_organizations f
  left join limits m on m.endpoint = f.endpoint
  left join (select endpoint, sum(used) as used from used group by endpoint) t on t.endpoint = f.endpoint
  where coalesce(f.nth <= m.per_organization, true)
), admitted as (
  select l.*
  from once l
  join of_endpoints f on f.id = l.id
  where coalesce(f.nth <= f.total, true)
), deferred as (
  update outbox o
  set published_at = null, claimed_until = null
  from once l
  where o.job_id = l.id and o.seq = l.seq and not exists (select from admitted a where a.id = l.id)
  returning o.job_id
), claimed as (
  update jobs j
  set status = 'in_progress', attempt_count = j.attempt_count + 1, lease_token = l.token, worker_id = $4,
    started_at = coalesce(j.started_at, now()), last_attempt_at = now()
  from admitted l
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
  l.id, d.job_id is not null as deferred, c.organization_id, c.endpoint, c.lane, c.generation, c.attempt_count,
  c.lease_token, c.dispatch_seq, c.created_at, c.last_failure_code, c.published_at,
  greatest(0, extract(epoch from clock_timestamp() - c.not_before))::float8 as waited,
  c.attempt_count - c.attempt_base - c.crash_count - c.released_count as budget_used, c.max_attempts,
  p.request, p.request_object, p.request_bytes, p.artifacts, p.traceparent
from once l
left join deferred d on d.job_id = l.id
left join claimed c on c.id = l.id
left join job_payloads p on p.expires_on = c.expires_on and p.id = c.id
where d.job_id is not null or c.id is not null
