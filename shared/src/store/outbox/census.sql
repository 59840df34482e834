-- outbox.census
-- How much waits and runs in each lane. An organization of which more than $1 jobs are due in a lane floods it; others are
-- steady. Looks at no more than $2 rows, whatever the backlog is: then the answer says at least how much.
with owners as (
  select
    o.lane, o.organization_id, count(*) as looked,
    count(*) filter (where o.not_before <= now()) as queued,
    count(*) filter (where o.not_before > now()) as waiting,
    min(o.not_before) as first
  from (select lane, organization_id, not_before from outbox limit $2) o
  group by o.lane, o.organization_id
), holders as (
  select j.lane, h.organization_id, count(*) as running
  from (select job_id, organization_id from running limit $2) h
  join jobs j on j.id = h.job_id
  group by j.lane, h.organization_id
), classed as (
  select
    coalesce(o.lane, h.lane) as lane, coalesce(o.queued, 0) > $1 as flooding,
    coalesce(o.looked, 0) as looked, coalesce(o.queued, 0) as queued, coalesce(o.waiting, 0) as waiting,
    coalesce(h.running, 0) as running, o.first
  from owners o
  full join holders h on h.lane = o.lane and h.organization_id = o.organization_id
)
select
  c.lane, c.flooding, sum(c.looked)::bigint as looked, sum(c.queued)::bigint as queued, sum(c.waiting)::bigint as waiting,
  sum(c.running)::bigint as running,
  greatest(0, extract(epoch from now() - min(c.first)))::float8 as oldest_seconds
from classed c
group by c.lane, c.flooding
