-- jobs.list.shown
-- The one job more than the page holds, and the candidate beyond, only say that they are there.
select
  p.n > $4 as beyond,
  j.id, j.organization_id, j.endpoint, j.created_at, j.started_at, j.completed_at, j.expires_at, j.last_attempt_at,
  j.attempt_count, j.last_failure_code, j.cancelled, c.status,
  r.metadata, r.run_at,
  g.progress_stage, g.progress_done, g.progress_total,
  e.code as error_code, e.message as error_message, e.details as error_details,
  q.request, q.request_object, q.request_bytes, q.artifacts as request_artifacts,
  a.status_code, a.body, a.body_object, a.body_bytes, a.artifacts as body_artifacts, a.warnings
from (select id, n, row_number() over (order by n) <= $5 as kept from page) p
cross join lateral (select * from jobs j where j.id = p.id and j.organization_id = $1 limit 1) j
cross join lateral (select job_status_shown(j.status, j.expires_at) as status) c
cross join lateral (select r.metadata, r.run_at from job_records r where r.id = p.id limit 1) r
left join lateral (
  select g.progress_stage, g.progress_done, g.progress_total
  from running g
  where p.kept and c.status = 'in_progress' and g.job_id = p.id and g.lease_token = j.lease_token
  limit 1
) g on true
left join lateral (
  select e.code, e.message, e.details
  from job_errors e
  where p.kept and c.status = 'failed' and e.id = p.id and e.generation = j.generation
  limit 1
) e on true
left join lateral (
  select q.request, q.request_object, q.request_bytes, q.artifacts
  from job_payloads q
  where $18::boolean and p.kept and c.status <> 'expired' and q.expires_on = j.expires_on and q.id = p.id
  limit 1
) q on true
left join lateral (
  select a.status_code, a.body, a.body_object, a.body_bytes, a.artifacts, a.warnings
  from job_results a
  where $19::boolean and p.kept and c.status = 'completed' and a.expires_on = j.expires_on and a.id = p.id
    and a.generation = j.generation
  limit 1
) a on true
order by p.n
