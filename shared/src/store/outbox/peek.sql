-- outbox.peek
-- Due work of a lane: what a worker claims directly while the broker cannot be reached, whether the broker was told of it
-- or not. Endpoints and organizations take turns; what may not run now is not looked at, however much of it there is.
with recursive limits as materialized (
  select * from endpoint_limits($3, $4, $5)
), used as materialized (
  select r.endpoint, r.organization_id, count(*) as used
  from running r
  where (select count(*) from limits) > 0 and r.endpoint in (select endpoint from limits)
  group by r.endpoint, r.organization_id
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
), due as (
  select d.job_id, d.seq, w.endpoint, w.organization_id, d.not_before
  from owners w
  cross join lateral (
    select o.job_id, o.seq, o.not_before
    from outbox o
    where o.lane = $1 and o.endpoint = w.endpoint and o.organization_id = w.organization_id
      and o.published_at is null and o.not_before <= now()
    order by o.not_before
    limit $2
  ) d
  union all
  -- No more than the windows of those who have work.
  select o.job_id, o.seq, o.endpoint, o.organization_id, o.not_before
  from outbox o
  where o.lane = $1 and o.published_at is not null and o.not_before <= now()
), turns as (
  select
    d.*, row_number() over (partition by d.endpoint, d.organization_id order by d.not_before, d.job_id) as turn
  from due d
), of_endpoints as (
  select
    d.job_id, d.seq, d.endpoint, d.organization_id, d.turn, t.room,
    row_number() over (partition by d.endpoint order by d.turn + coalesce(u.used, 0), random()) as place
  from turns d
  left join totals t on t.endpoint = d.endpoint
  left join used u on u.endpoint = d.endpoint and u.organization_id = d.organization_id
  where coalesce(d.turn + coalesce(u.used, 0) <= t.per_organization, true)
), of_organizations as (
  select e.*, row_number() over (partition by e.organization_id order by e.turn, e.endpoint) as nth
  from of_endpoints e
  where coalesce(e.place <= e.room, true)
)
select job_id, seq, organization_id
from of_organizations
order by nth, random()
limit $2
