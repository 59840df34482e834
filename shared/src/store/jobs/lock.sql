-- jobs.lock
-- The first half of every transition that may wait: takes the row, so that the second half sees what its last holder did.
-- `expired` is derived here as it is wherever a client's job is read.
select case
    when status in ('completed', 'failed', 'cancelled') and expires_at <= now() then 'expired'
    else status::text
  end as status
from jobs
where id = $1 and organization_id = $2
for update
