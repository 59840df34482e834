-- jobs.get
-- One job of one organization. `expired` is derived for ended jobs: nothing is written when their time comes.
select
  j.id, j.organization_id, j.endpoint, j.created_at, j.started_at, j.completed_at, j.expires_at, j.last_attempt_at,
  j.attempt_count, j.last_failure_code, j.cancelled, c.status,
  r.metadata, r.run_at,
  g.progress_stage, g.progress_done, g.progress_total,
  e.code as error_code, e.message as error_message, e.details as error_details,
  p.request, p.request_object, p.request_bytes, p.artifacts as request_artifacts,
  a.status_code, a.warnings,
  case when $4 then a.body end as body, case when $4 then a.body_object end as body_object,
  case when $4 then a.body_bytes end as body_bytes, case when $4 then a.artifacts end as body_artifacts
from jobs j
cross join lateral (select job_status_shown(j.status, j.expires_at) as status) c
join job_records r on r.id = j.id
left join running g on g.job_id = j.id and g.lease_token = j.lease_token and c.status = 'in_progress'
left join job_errors e on e.id = j.id and e.generation = j.generation and c.status = 'failed'
left join job_payloads p on $3 and c.status <> 'expired' and p.expires_on = j.expires_on and p.id = j.id
left join job_results a
  on c.status = 'completed' and a.expires_on = j.expires_on and a.id = j.id and a.generation = j.generation
where j.id = $1 and j.organization_id = $2
