-- The job and what is kept with it. Partitions are made by store/partitions.sql, never here: they follow the calendar.

create type job_status as enum (
  'validating', 'queued', 'in_progress', 'completed', 'failed', 'cancelled', 'expired'
);

-- The smallest UUIDv7 of an instant: where a month's partition begins.
create function uuid_floor(at timestamptz) returns uuid language sql immutable strict as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- Hot and narrow. No index names a column that changes, not even in a predicate: such an index made every status change
-- a non-HOT update. Lists by status are driven by outbox, running and job_events instead.
create table jobs (
  -- immutable
  id uuid not null,
  organization_id uuid not null,
  endpoint text not null,
  lane text not null,
  created_at timestamptz not null default now(),
  max_attempts integer not null,
  -- mutable
  status job_status not null default 'queued',
  generation integer not null default 0,
  attempt_count integer not null default 0,
  attempt_base integer not null default 0,
  crash_count integer not null default 0,
  released_count integer not null default 0,
  dispatch_seq integer not null default 1,
  lease_token bigint,
  worker_id text,
  started_at timestamptz,
  last_attempt_at timestamptz,
  completed_at timestamptz,
  retried_at timestamptz,
  last_failure_code text,
  cancelled boolean not null default false,
  expires_at timestamptz not null,
  expires_on date not null,
  constraint jobs_pkey primary key (id),
  constraint jobs_lease_iff_in_progress check ((status = 'in_progress') = (lease_token is not null)),
  constraint jobs_worker_iff_in_progress check ((status = 'in_progress') = (worker_id is not null)),
  constraint jobs_completed_at_iff_ended check ((status in ('completed', 'failed', 'cancelled')) = (completed_at is not null)),
  constraint jobs_counts_are_counts check (
    generation >= 0 and crash_count >= 0 and released_count >= 0 and dispatch_seq >= 1 and max_attempts >= 1
    and attempt_base between 0 and attempt_count
  )
) partition by range (id);
create index jobs_of_organization on jobs (organization_id, id desc);

-- Insert-only: what lists filter on and what outlives the data. Indexes on columns that never change are free.
create table job_records (
  id uuid not null,
  organization_id uuid not null,
  endpoint text not null,
  metadata jsonb,
  file_names text[] not null default '{}',
  project_id text,
  workflow_id text,
  workflow_node_id text,
  model text,
  constraint job_records_pkey primary key (id),
  constraint job_records_metadata_is_object check (metadata is null or jsonb_typeof(metadata) = 'object')
) partition by range (id);
create index job_records_by_endpoint on job_records (organization_id, endpoint, id);
create index job_records_by_project on job_records (organization_id, project_id, id) where project_id is not null;
create index job_records_by_workflow on job_records (organization_id, workflow_id, id) where workflow_id is not null;

-- Why a generation failed.
create table job_errors (
  id uuid not null,
  generation integer not null,
  code text not null,
  message text not null,
  -- json, not jsonb: a legal \u0000 in an upstream's answer must not make the failure unstorable.
  details json,
  constraint job_errors_pkey primary key (id, generation),
  constraint job_errors_message_cap check (octet_length(message) <= 8192)
) partition by range (id);

-- One row for each claim. Attempt numbers never restart, so (id, attempt) would do; the generation is kept for readers.
create table job_attempts (
  id uuid not null,
  generation integer not null,
  attempt integer not null,
  worker_id text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome text,
  code text,
  message text,
  trace_id text,
  constraint job_attempts_pkey primary key (id, attempt),
  constraint job_attempts_start_at_1 check (attempt >= 1),
  constraint job_attempts_outcome_known check (
    outcome in ('completed', 'failed', 'retried', 'cancelled', 'lost', 'released')
  ),
  constraint job_attempts_outcome_iff_ended check ((outcome is null) = (ended_at is null))
) partition by range (id);

-- Insert-only: the ends of generations, by which lists of a terminal status are driven. A list checks (status,
-- generation) against jobs, because a later retry does not delete from here.
create table job_events (
  id uuid not null,
  generation integer not null,
  organization_id uuid not null,
  status job_status not null,
  at timestamptz not null default now(),
  constraint job_events_pkey primary key (organization_id, status, id, generation),
  constraint job_events_are_ends check (status in ('completed', 'failed', 'cancelled', 'expired'))
) partition by range (id);

-- Bytes, never jsonb: jsonb refuses a legal \u0000, reorders keys and drops duplicates. Partitioned by the day after
-- which they may go, so that retention drops whole tables.
create table job_payloads (
  expires_on date not null,
  id uuid not null,
  request bytea,
  request_object text,
  -- Length of the JSON text before compression.
  request_bytes bigint not null,
  traceparent text,
  constraint job_payloads_pkey primary key (expires_on, id),
  constraint job_payloads_in_one_place check (num_nonnulls(request, request_object) = 1)
) partition by range (expires_on);

create table job_results (
  expires_on date not null,
  id uuid not null,
  generation integer not null,
  status_code integer not null,
  body bytea,
  body_object text,
  body_bytes bigint not null,
  warnings json,
  constraint job_results_pkey primary key (expires_on, id, generation),
  constraint job_results_in_one_place check (num_nonnulls(body, body_object) = 1)
) partition by range (expires_on);
-- Compressed already: a second compression by TOAST would only cost time. Children inherit the setting.
alter table job_payloads alter column request set storage external;
alter table job_results alter column body set storage external;
