-- jobs.accept
-- Stores a batch of new jobs: idempotency key, job, record, payload and outbox row, or nothing, for each member.
-- Keys are inserted in key order: two batches that share keys wait for each other instead of deadlocking.
-- The name of an extraction that a client has chosen is taken first, in the order of names. It stands for one job: for
-- another only when that one is not there any more, by a row of an hour ago, so that no transaction under way made it.
-- A job id that exists already is this very batch, sent again after an ambiguous commit: it is accepted, not doubled.
with batch as (
  select *
  from unnest(
    $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::bytea[],
    $9::bytea[], $10::text[], $11::bigint[], $12::text[], $13::text[], $14::text[], $15::bigint[],
    $19::timestamptz[], $20::text[], $22::boolean[], $23::text[], $24::uuid[]
  ) as b (
    id, organization_id, endpoint, lane, max_attempts, route, key, request_hash,
    request, request_object, request_bytes, metadata, record, traceparent, delay_ms, run_at,
    artifacts, is_limited, extraction_id, extracting_job
  )
), named as (
  insert into extraction_ids as x (organization_id, extraction_id, job_id)
  select distinct on (b.organization_id, b.extraction_id) b.organization_id, b.extraction_id, b.id
  from batch b
  where b.extraction_id is not null
    and not exists (select from jobs j where j.id = b.extracting_job and j.organization_id = b.organization_id)
    -- A key that is known stands for a job of its own.
    and not exists (
      select
      from idempotency_keys i
      where i.organization_id = b.organization_id and i.route = b.route and i.key = b.key and i.job_id <> b.id
    )
  order by b.organization_id, b.extraction_id, b.id
  on conflict (organization_id, extraction_id) do update set job_id = excluded.job_id, created_at = now()
  where x.job_id = excluded.job_id
    or x.created_at < now() - interval '1 hour' and not exists (select from jobs j where j.id = x.job_id)
  returning x.organization_id, x.extraction_id, x.job_id
), admitted as (
  select b.* from batch b where b.extraction_id is null or b.id = any (array(select job_id from named))
), keyed as (
  insert into idempotency_keys (organization_id, route, key, request_hash, job_id)
  select distinct on (organization_id, route, key) organization_id, route, key, request_hash, id
  from admitted
  where key is not null
  order by organization_id, route, key, id
  on conflict (organization_id, route, key) do nothing
  returning organization_id, route, key, request_hash, job_id
), fresh as (
  select b.*
  from admitted b
  where b.key is null or exists (select 1 from keyed k where k.job_id = b.id)
), job as (
  insert into jobs (id, organization_id, endpoint, lane, max_attempts, expires_at, expires_on)
  select
    id, organization_id, endpoint, lane, max_attempts,
    now() + make_interval(secs => $16), ((now() + make_interval(secs => $16)) at time zone 'utc')::date
  from fresh
  order by id
  on conflict (id) do nothing
  returning id, created_at, expires_at, expires_on
), record as (
  insert into job_records (
    id, organization_id, endpoint, metadata, file_names, project_id, workflow_id, workflow_node_id, model, run_at
  )
  select
    f.id, f.organization_id, f.endpoint, f.metadata::jsonb,
    array(select jsonb_array_elements_text(f.record::jsonb -> 'file_names')),
    f.record::jsonb ->> 'project_id', f.record::jsonb ->> 'workflow_id', f.record::jsonb ->> 'workflow_node_id',
    f.record::jsonb ->> 'model', f.run_at
  from fresh f join job on job.id = f.id
), payload as (
  insert into job_payloads (expires_on, id, request, request_object, request_bytes, artifacts, traceparent)
  select
    job.expires_on, f.id, f.request, f.request_object, f.request_bytes, f.artifacts::json, f.traceparent
  from fresh f join job on job.id = f.id
), windows as materialized (
  select of.lane, fairness_window(of.lane, $21, $17) as size from (select distinct lane from fresh) of
), room as (
  -- How much more of each organization's work the broker may hold: the fairness window less what it holds. What waits
  -- there to be due is in nobody's way.
  select of.organization_id, of.lane, w.size - (
    select count(*)
    from (
      select 1
      from outbox o
      where o.lane = of.lane and o.organization_id = of.organization_id and o.published_at is not null
        and o.not_before <= now()
      limit w.size
    ) held
  ) as room
  from (select distinct organization_id, lane from fresh) of
  join windows w on w.lane = of.lane
), ranked as (
  -- The relay knows what has room at an endpoint that is limited or in trouble.
  select
    f.id, f.lane, f.endpoint, f.organization_id, d.not_before, job.expires_at,
    d.not_before <= now() and p.is_free
      and row_number() over (partition by f.organization_id, f.lane, p.is_free order by f.id) <= r.room as publish
  from fresh f
  join job on job.id = f.id
  -- greatest() passes over a null: most jobs have no time to run at.
  cross join lateral (
    select greatest(now() + make_interval(secs => f.delay_ms / 1000.0), f.run_at) as not_before
  ) d
  cross join lateral (
    select not f.is_limited and not exists (select from upstream_states u where u.endpoint = f.endpoint) as is_free
  ) p
  join room r on r.organization_id = f.organization_id and r.lane = f.lane
), queued as (
  insert into outbox (job_id, seq, lane, endpoint, organization_id, not_before, expires_at, claimed_until)
  select
    id, 1, lane, endpoint, organization_id, not_before, expires_at,
    case when publish then now() + make_interval(secs => $18) end
  from ranked
)
select
  b.id,
  case
    when job.id is not null or before.id is not null then 'accepted'
    when k.job_id is not null then case when k.request_hash = b.request_hash then 'replayed' else 'mismatch' end
    when i.job_id is not null then case when i.request_hash = b.request_hash then 'replayed' else 'mismatch' end
    when x.job_id is not null then 'name_taken'
    else 'unseen'
  end as outcome,
  coalesce(job.id, before.id, k.job_id, i.job_id, x.job_id) as job_id,
  coalesce(job.created_at, before.created_at) as created_at,
  coalesce(job.expires_at, before.expires_at) as expires_at,
  coalesce(ranked.publish, false) as publish
from batch b
left join job on job.id = b.id
left join ranked on ranked.id = b.id
left join jobs before on before.id = b.id
left join keyed k
  on k.organization_id = b.organization_id and k.route = b.route and k.key = b.key and k.job_id <> b.id
left join idempotency_keys i on i.organization_id = b.organization_id and i.route = b.route and i.key = b.key
left join lateral (
  select x.job_id
  from extraction_ids x
  where x.organization_id = b.organization_id and x.extraction_id = b.extraction_id and x.job_id <> b.id
  union all
  select j.id from jobs j where j.id = b.extracting_job and j.organization_id = b.organization_id
  limit 1
) x on job.id is null
