-- outbox.resend
-- Makes published rows whose message is lost publishable again, at the same sequence: whatever copy is still under way
-- stays good. A message counts as lost when the lane is all but empty and the row is still here ($2, given the broker's
-- word), or when messages published $3 seconds after it have been claimed. One that waits in a retry rung for its job to be due
-- is not late before that.
with mark as (
  select max(claimed_through) as claimed_through from lane_progress where lane = $1
), lost as (
  select o.job_id, o.seq
  from outbox o
  left join mark on true
  where o.lane = $1 and o.published_at is not null
    and (
      ($2 and greatest(o.published_at, o.not_before) < clock_timestamp() - make_interval(secs => $4))
      or greatest(o.published_at, o.not_before) < mark.claimed_through - make_interval(secs => $3)
    )
  order by o.job_id, o.seq
  limit $5
  for update of o skip locked
)
update outbox o
set published_at = null, claimed_until = null
from lost l
where o.job_id = l.job_id and o.seq = l.seq
returning o.job_id
