-- jobs.attempts
-- A page of the attempts of one job of one organization, oldest first. A job without any has one row, which says that the
-- job exists. Of an expired job nothing is told that may quote its data, as in the job itself.
select
  a.attempt, a.generation, a.worker_id, a.started_at, a.ended_at, a.outcome, a.code, a.trace_id,
  case when c.status <> 'expired' then a.message end as message,
  case when c.status <> 'expired' then a.details::text end as details
from jobs j
cross join lateral (select job_status_shown(j.status, j.expires_at) as status) c
left join job_attempts a on a.id = j.id and a.attempt > $3
where j.id = $1 and j.organization_id = $2
order by a.attempt
limit $4
