-- outbox.relay
-- Takes due, unpublished rows of a lane for publishing. Organizations take turns, and each only up to the window of
-- work that the broker may hold for it, so that nobody's backlog delays another's first job.
with recursive owners as (
  -- A skip scan: one index probe an organization, however long its backlog is.
  (
    select organization_id from outbox where lane = $1 and published_at is null order by organization_id limit 1
  )
  union all
  select (
    select o.organization_id
    from outbox o
    where o.lane = $1 and o.published_at is null and o.organization_id > owners.organization_id
    order by o.organization_id
    limit 1
  )
  from owners
  where owners.organization_id is not null
), room as (
  select w.organization_id, $2 - (
    select count(*)
    from (
      select 1
      from outbox o
      where o.lane = $1 and o.organization_id = w.organization_id and o.published_at is not null
        and o.not_before <= now()
      limit $2
    ) held
  ) as room
  from owners w
  where w.organization_id is not null
), picked as (
  select due.job_id, due.seq, due.turn
  from room r
  cross join lateral (
    select o.job_id, o.seq, row_number() over (order by o.not_before, o.job_id) as turn
    from outbox o
    where o.lane = $1 and o.organization_id = r.organization_id and o.published_at is null
      and o.not_before <= now() and (o.claimed_until is null or o.claimed_until <= now())
    order by o.not_before, o.job_id
    limit greatest(0, least(r.room, $3))
  ) due
  order by due.turn
  limit $3
), locked as (
  select o.job_id, o.seq, p.turn
  from outbox o
  join picked p on p.job_id = o.job_id and p.seq = o.seq
  where o.published_at is null and (o.claimed_until is null or o.claimed_until <= now())
  for update of o skip locked
), taken as (
  update outbox o
  set claimed_until = now() + make_interval(secs => $4)
  from locked l
  where o.job_id = l.job_id and o.seq = l.seq
  returning o.job_id, o.seq, o.organization_id, o.expires_at, l.turn
)
select t.job_id, t.seq, t.organization_id, p.traceparent
from taken t
join jobs j on j.id = t.job_id
left join job_payloads p on p.expires_on = j.expires_on and p.id = j.id
order by t.turn, t.job_id
