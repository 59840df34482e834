-- jobs.expire
-- Ends queued jobs that nobody started in time. Locks outbox rows first, against the usual order and in none of its own,
-- and can do so because it skips whatever is held: it never waits. Sorted, each batch of a backlog would cost all of it.
with late as (
  select job_id, seq
  from outbox
  where expires_at <= now()
  limit $1
  for update skip locked
), locked as (
  select j.id
  from jobs j
  join late on late.job_id = j.id
  where j.status in ('queued', 'validating') and j.dispatch_seq = late.seq and j.expires_at <= now()
  order by j.id
  for update of j skip locked
), moved as (
  update jobs j set status = 'expired' from locked l where j.id = l.id
  returning j.id, j.organization_id, j.generation, j.status
), dequeued as (
  delete from outbox o using moved m where o.job_id = m.id
), noted as (
  insert into job_events (id, generation, organization_id, status)
  select id, generation, organization_id, status from moved
)
select id from moved
