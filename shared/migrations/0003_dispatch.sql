-- What hurries work along: the queued set, the leases in force, the keys of idempotent requests, the fleet.

-- The set of queued jobs: a row lives from accept (or requeue) until claim or a terminal status. `published_at` says
-- that the broker confirmed the message; `claimed_until` keeps a second relay away while one is publishing.
create table outbox (
  job_id uuid not null,
  seq integer not null,
  lane text not null,
  organization_id uuid not null,
  not_before timestamptz not null default now(),
  expires_at timestamptz not null,
  claimed_until timestamptz,
  published_at timestamptz,
  constraint outbox_pkey primary key (job_id, seq)
) with (
  fillfactor = 70,
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0
);
create index outbox_due on outbox (lane, organization_id, not_before) where published_at is null;
-- The published and unclaimed work of an organization in a lane, counted up to the fairness window.
create index outbox_published on outbox (lane, organization_id) where published_at is not null;

-- Leases in force. Few rows, renewed every second: no index but the key, so that renewals are HOT.
create table running (
  job_id uuid not null,
  organization_id uuid not null,
  lease_token bigint not null,
  worker_id text not null,
  lease_expires_at timestamptz not null,
  constraint running_pkey primary key (job_id)
) with (
  fillfactor = 50,
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0
);

create table idempotency_keys (
  organization_id uuid not null,
  -- Method and path.
  route text not null,
  key text not null,
  request_hash bytea not null,
  job_id uuid not null,
  created_at timestamptz not null default now(),
  constraint idempotency_keys_pkey primary key (organization_id, route, key),
  constraint idempotency_keys_hash_is_sha256 check (octet_length(request_hash) = 32)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

create table workers (
  id text not null,
  version text not null,
  roles text[] not null,
  slots integer not null,
  in_flight integer not null default 0,
  started_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  constraint workers_pkey primary key (id)
) with (fillfactor = 50);

-- How far the fleet has come through each lane: the newest publish time among the messages a worker has claimed. A
-- published row much older than this was overtaken, so its message is lost.
create table lane_progress (
  worker_id text not null,
  lane text not null,
  claimed_through timestamptz not null,
  constraint lane_progress_pkey primary key (worker_id, lane)
) with (fillfactor = 50);
