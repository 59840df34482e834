-- outbox.unpublish
-- Makes published rows publishable again, whatever has become of their messages: a batch of them in the order of their
-- keys, behind the key ($1, $2).
with stamped as (
  select o.job_id, o.seq
  from outbox o
  where (o.job_id, o.seq) > ($1, $2) and o.published_at is not null
  order by o.job_id, o.seq
  limit $3
  for update of o
)
update outbox o
set published_at = null, claimed_until = null
from stamped s
where o.job_id = s.job_id and o.seq = s.seq
returning o.job_id, o.seq
