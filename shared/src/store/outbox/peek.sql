-- outbox.peek
-- Due work of a lane, oldest first: what a worker claims directly while the broker cannot be reached.
select job_id, seq, organization_id
from outbox
where lane = $1 and not_before <= now()
order by not_before, job_id
limit $2
