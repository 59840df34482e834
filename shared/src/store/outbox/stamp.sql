-- outbox.stamp
-- Notes that the broker confirmed these messages. A row that is gone was claimed in the meantime; one that is held is
-- about to be: neither is waited for. One that a claim gave back for lack of room is not stamped, or nobody would send it
-- again before it counts as lost. Losing a stamp costs one message that changes nothing, so its commit is not
-- waited for either.
with light as materialized (
  select set_config('synchronous_commit', 'off', true)
), confirmed as (
  select u.job_id, u.seq from light, unnest($1::uuid[], $2::integer[]) as u (job_id, seq)
), locked as (
  select o.job_id, o.seq
  from outbox o
  join confirmed c on c.job_id = o.job_id and c.seq = o.seq
  where o.published_at is null and o.claimed_until is not null
  order by o.job_id, o.seq
  for update of o skip locked
)
update outbox o
set published_at = clock_timestamp(), claimed_until = null
from locked l
where o.job_id = l.job_id and o.seq = l.seq
