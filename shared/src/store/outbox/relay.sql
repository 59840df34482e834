-- outbox.relay
-- Takes due, unpublished rows of a lane for publishing. What the broker keeps until it is due is in nobody's way. Endpoints and organizations take turns, so that nobody's backlog
-- delays another's first job. Of an organization the broker holds a window at most; of an endpoint that is limited or in
-- trouble, as much as has room, and who has least of it under way comes first. What may not run now is not looked at,
-- however much of it there is.
with recursive limits as materialized (
  select * from endpoint_limits($6, $7, $8)
), used as materialized (
  -- What is under way of limited endpoints: nothing is counted when there are none.
  select u.endpoint, u.organization_id, count(*) as used
  from (
    select r.endpoint, r.organization_id from running r
    union all
    select o.endpoint, o.organization_id
    from outbox o
    where o.lane = $1 and o.published_at is not null and o.not_before <= now()
  ) u
  where (select count(*) from limits) > 0 and u.endpoint in (select endpoint from limits)
  group by u.endpoint, u.organization_id
), totals as materialized (
  select l.endpoint, l.total - coalesce(sum(u.used), 0)::bigint as room, l.per_organization
  from limits l
  left join used u on u.endpoint = l.endpoint
  group by l.endpoint, l.total, l.per_organization
), endpoints as (
  -- A skip scan: one index probe an endpoint, however long its backlog is.
  (
    select endpoint from outbox where lane = $1 and published_at is null order by endpoint limit 1
  )
  union all
  select (
    select o.endpoint
    from outbox o
    where o.lane = $1 and o.published_at is null and o.endpoint > endpoints.endpoint
    order by o.endpoint
    limit 1
  )
  from endpoints
  where endpoints.endpoint is not null
), owners as (
  -- And another of the organizations of each that has room.
  select e.endpoint, (
    select o.organization_id
    from outbox o
    where o.lane = $1 and o.published_at is null and o.endpoint = e.endpoint
    order by o.organization_id
    limit 1
  ) as organization_id
  from endpoints e
  left join totals t on t.endpoint = e.endpoint
  where e.endpoint is not null and coalesce(t.room > 0, true)
  union all
  select owners.endpoint, (
    select o.organization_id
    from outbox o
    where o.lane = $1 and o.published_at is null and o.endpoint = owners.endpoint
      and o.organization_id > owners.organization_id
    order by o.organization_id
    limit 1
  )
  from owners
  where owners.organization_id is not null
), windows as materialized (
  select fairness_window($1, $5, $2) as size
), floods as materialized (
  -- Who has hundreds of jobs behind its window, while others wait too, has half of it: its own wait is long
  -- either way, and theirs is all the shorter.
  select distinct w.organization_id
  from owners w
  where w.organization_id is not null and (select count(distinct organization_id) from owners) > 1
    and exists (
      select from outbox o
      where o.lane = $1 and o.endpoint = w.endpoint and o.organization_id = w.organization_id
        and o.published_at is null
      offset 499
    )
), room as materialized (
  select w.organization_id, case when f.organization_id is null then s.size else (s.size + 1) / 2 end - (
    select count(*)
    from (
      select 1
      from outbox o
      where o.lane = $1 and o.organization_id = w.organization_id and o.published_at is not null
        and o.not_before <= now()
      limit s.size
    ) held
  ) as room
  from (select distinct organization_id from owners where organization_id is not null) w
  cross join windows s
  left join floods f on f.organization_id = w.organization_id
), due as (
  select d.job_id, d.seq, w.endpoint, w.organization_id, d.turn + coalesce(u.used, 0) as turn
  from owners w
  join room r on r.organization_id = w.organization_id
  left join totals t on t.endpoint = w.endpoint
  left join used u on u.endpoint = w.endpoint and u.organization_id = w.organization_id
  cross join lateral (
    -- Limited before it is numbered: a window function reads everything of the same time.
    select l.job_id, l.seq, row_number() over (order by l.not_before, l.job_id) as turn
    from (
      select o.job_id, o.seq, o.not_before
      from outbox o
      where o.lane = $1 and o.endpoint = w.endpoint and o.organization_id = w.organization_id
        and o.published_at is null and o.not_before <= now() and (o.claimed_until is null or o.claimed_until <= now())
      order by o.not_before
      limit greatest(0, least($3, r.room, t.room, t.per_organization - coalesce(u.used, 0)))
    ) l
  ) d
), of_endpoints as (
  select d.*, row_number() over (partition by d.endpoint order by d.turn, random()) as place from due d
), of_organizations as (
  select e.*, row_number() over (partition by e.organization_id order by e.turn, e.endpoint) as nth
  from of_endpoints e
  left join totals t on t.endpoint = e.endpoint
  where coalesce(e.place <= t.room, true)
), picked as (
  select o.job_id, o.seq, row_number() over (order by o.nth, random()) as turn
  from of_organizations o
  join room r on r.organization_id = o.organization_id
  where o.nth <= r.room
  order by turn
  limit $3
), locked as (
  select o.job_id, o.seq, p.turn
  from outbox o
  join picked p on p.job_id = o.job_id and p.seq = o.seq
  -- The array has the planner look up rows by their key, whatever it expects of the rest.
  where o.job_id = any (array(select job_id from picked))
    and o.published_at is null and (o.claimed_until is null or o.claimed_until <= now())
  for update of o skip locked
), taken as (
  update outbox o
  set claimed_until = now() + make_interval(secs => $4)
  from locked l
  where o.job_id = l.job_id and o.seq = l.seq and o.job_id = any (array(select job_id from locked))
  returning o.job_id, o.seq, o.organization_id, o.expires_at, l.turn
)
select t.job_id, t.seq, t.organization_id, p.traceparent
from taken t
join jobs j on j.id = t.job_id
left join job_payloads p on p.expires_on = j.expires_on and p.id = j.id
order by t.turn
