-- jobs.look
-- What a message's job is doing: asked when a claim found nothing to take.
select
  j.id, j.status::text as status, j.dispatch_seq, j.lease_token, r.lease_expires_at,
  exists (
    select 1
    from outbox o
    where o.job_id = j.id and o.seq = j.dispatch_seq
      and o.not_before <= clock_timestamp() + interval '100 milliseconds'
  ) as due
from jobs j
left join running r on r.job_id = j.id and r.lease_token = j.lease_token
where j.id = any ($1::uuid[])
