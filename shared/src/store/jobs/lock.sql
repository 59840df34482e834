-- jobs.lock
-- The first half of every transition that may wait: takes the row, so that the second half sees what its last holder did.
select
  job_status_shown(status, expires_at) as status,
  extract(epoch from now() - retried_at)::double precision as retried_ago
from jobs
where id = $1 and organization_id = $2
for update
