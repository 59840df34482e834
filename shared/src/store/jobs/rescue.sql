-- jobs.rescue
-- Takes leases from workers that were lost: those that ran out, or ($1, $2 given) those that a worker has watched and
-- found unrenewed since the expiry in $3. Skips whatever another transaction holds, so that it never waits for a finish.
-- A lost worker costs the job a crash, not an attempt of its budget.
with lost as (
  select r.job_id, r.lease_token
  from running r
  where case
    when $1::uuid[] is null then r.lease_expires_at < clock_timestamp()
    else exists (
      select 1
      from unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) as w (id, token, lease_expires_at)
      where w.id = r.job_id and w.token = r.lease_token and w.lease_expires_at = r.lease_expires_at
    )
  end
  order by r.job_id
  limit $4
  for update of r skip locked
), locked as (
  select j.id
  from jobs j
  join lost on lost.job_id = j.id
  where j.status = 'in_progress' and j.lease_token = lost.lease_token
  order by j.id
  for update of j skip locked
), moved as (
  update jobs j
  set status = case when j.crash_count + 1 >= $5 then 'failed' else 'queued' end::job_status,
    crash_count = j.crash_count + 1, last_failure_code = 'worker_lost', lease_token = null, worker_id = null,
    dispatch_seq = j.dispatch_seq + (j.crash_count + 1 < $5)::integer,
    completed_at = case when j.crash_count + 1 >= $5 then now() end
  from locked l
  where j.id = l.id
  returning j.id, j.organization_id, j.lane, j.endpoint, j.generation, j.attempt_count, j.crash_count, j.status, j.dispatch_seq,
    j.expires_at
), unleased as (
  delete from running r using moved m where r.job_id = m.id
), attempted as (
  update job_attempts a
  set ended_at = now(), outcome = 'lost', code = 'worker_lost', message = 'the worker stopped renewing its lease'
  from moved m
  where a.id = m.id and a.attempt = m.attempt_count
), explained as (
  insert into job_errors (id, generation, code, message)
  select id, generation, 'worker_lost', format('%s workers in turn were lost while they ran this job', crash_count)
  from moved
  where status = 'failed'
), noted as (
  insert into job_events (id, generation, organization_id, status)
  select id, generation, organization_id, status from moved where status = 'failed'
), queued as (
  insert into outbox (job_id, seq, lane, endpoint, organization_id, expires_at)
  select id, dispatch_seq, lane, endpoint, organization_id, expires_at from moved where status = 'queued'
)
select id, status::text as status, dispatch_seq from moved
