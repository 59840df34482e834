-- outbox.revive
-- Dead letters: a job that is still queued at the very sequence is to be sent again at the same one, though not before $3
-- seconds from now, because what killed the message may still be there. A row that somebody holds is being claimed or sent,
-- and not waited for; should that come to nothing, it counts as lost in time.
with dead as (
  select * from unnest($1::uuid[], $2::integer[]) as d (job_id, seq)
), locked as (
  select o.job_id, o.seq
  from outbox o
  join dead d on d.job_id = o.job_id and d.seq = o.seq
  order by o.job_id, o.seq
  for update of o skip locked
)
update outbox o
set published_at = null, claimed_until = clock_timestamp() + make_interval(secs => $3)
from locked l
where o.job_id = l.job_id and o.seq = l.seq
returning o.job_id, o.seq
