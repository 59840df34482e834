-- Many jobs at once, as a service of some months would have them: no request ran, so there are no payloads and attempts.
-- %JOBS%, %ORGANIZATIONS% and %DAYS% are replaced. Job 0 is the youngest; the first organization has a fifth of all.
create temporary table filling as
with numbered as (
  select n, md5(n::text) as hash from generate_series(0, %JOBS% - 1) n
), rolled as (
  select
    n, hash,
    -- Dice of a thousand and of more sides, the same for the same n.
    ('x' || substr(hash, 1, 6))::bit(24)::integer % 1000 as d1,
    ('x' || substr(hash, 7, 6))::bit(24)::integer % 1000 as d2,
    ('x' || substr(hash, 13, 6))::bit(24)::integer % 1000 as d3,
    ('x' || substr(hash, 19, 6))::bit(24)::integer as d4,
    (n + 0.5) * %DAYS% / %JOBS% * interval '1 day' as age
  from numbered
), placed as (
  select
    n, hash, d1, d2, d3, d4, now() - age as created_at, age,
    case when d4 % 5 = 0 then 1 else 2 + (d4 / 5) % (%ORGANIZATIONS% - 1) end as organization,
    case
      when n < %JOBS% / 500 and n % 10 = 3 then 'in_progress'
      when n < %JOBS% / 100 then 'queued'
      when d1 < 880 then 'completed'
      when d1 < 940 then 'failed'
      when d1 < 980 then 'cancelled'
      else 'expired'
    end::job_status as status,
    d2 < 10 and n >= %JOBS% / 100 as retried
  from rolled
)
select
  (lpad(to_hex((extract(epoch from created_at) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3) || 'a'
    || substr(hash, 4, 15))::uuid as id,
  (select id from organizations where name = 'filled-' || organization) as organization_id,
  status, retried::integer as generation, created_at,
  case when retried then now() - age / 2 end as retried_at,
  case when retried then now() - age / 2 else created_at end + interval '7 days' as expires_at,
  case
    when d3 < 700 then '/v1/documents/parse'
    when d3 < 900 then '/v1/documents/extract'
    when d3 < 980 then '/v1/documents/split'
    else '/v1/schemas/generate'
  end as endpoint,
  case
    when d2 % 2 = 0 then jsonb_build_object('customer', 'c' || d1 % 40, 'batch', 'b' || n / 1000)
    when d2 % 10 = 1 then jsonb_build_object('workflow_id', 'w' || d1 % 8)
  end as metadata,
  case when d2 % 10 = 1 then 'w' || d1 % 8 end as workflow_id,
  case when d2 % 10 = 1 and d3 % 2 = 0 then 'n' || d1 % 5 end as workflow_node_id,
  case when d1 % 7 = 2 then 'p' || d3 % 6 end as project_id,
  case when d4 % 100 = 0 then 'retab-micro' when d4 % 3 = 0 then 'retab-large' else 'retab-small' end as model,
  case
    when d3 % 50 = 0 then array['Vertrag 100%_' || n || '.PDF', 'anlage.tsv']
    when d3 % 5 = 1 then array['report-' || n || '.docx']
    when d3 % 5 = 2 then array['scan_' || n || '.png']
    when d3 % 100 = 3 then '{}'::text[]
    else array['invoice-' || n || '.pdf']
  end as file_names
from placed;

insert into jobs (
  id, organization_id, endpoint, lane, created_at, max_attempts, status, generation, lease_token, worker_id, completed_at,
  retried_at, cancelled, expires_at, expires_on
)
select
  id, organization_id, endpoint, 'batch', created_at, 5, status, generation,
  case when status = 'in_progress' then 1 end, case when status = 'in_progress' then 'nobody' end,
  case when status in ('completed', 'failed', 'cancelled') then coalesce(retried_at, created_at) end,
  retried_at, status = 'cancelled', expires_at, (expires_at at time zone 'utc')::date
from filling
order by id;

insert into job_records (
  id, organization_id, endpoint, metadata, file_names, project_id, workflow_id, workflow_node_id, model
)
select id, organization_id, endpoint, metadata, file_names, project_id, workflow_id, workflow_node_id, model
from filling
order by id;

insert into job_events (id, generation, organization_id, status, at)
select id, generation, organization_id, status, coalesce(retried_at, created_at) from filling
where status in ('completed', 'failed', 'cancelled', 'expired')
order by id;

insert into job_events (id, generation, organization_id, status, at)
select id, 0, organization_id, 'failed', created_at from filling where generation = 1
order by id;

insert into job_errors (id, generation, code, message)
select id, generation, 'document_invalid', 'it cannot be read' from filling where status = 'failed'
order by id;

insert into outbox (job_id, seq, lane, endpoint, organization_id, not_before, expires_at)
select id, 1, 'batch', endpoint, organization_id, now() + interval '1 day', expires_at from filling where status = 'queued'
order by id;

insert into running (job_id, organization_id, endpoint, lease_token, worker_id, lease_expires_at)
select id, organization_id, endpoint, 1, 'nobody', now() + interval '1 day' from filling where status = 'in_progress'
order by id;

drop table filling;
