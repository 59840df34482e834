-- What was extracted: kept apart from the response that tells it, by the name that it has.

-- The values, how likely each is right, where each stands and how votes differ: one JSON text, compressed, in the row or in
-- the object store. It goes with the result of the same job: partitioned by the same day.
create table job_extractions (
  expires_on date not null,
  id uuid not null,
  generation integer not null,
  organization_id uuid not null,
  extraction_id text not null,
  endpoint text not null,
  body bytea,
  body_object text,
  -- Length of the JSON text before compression.
  body_bytes bigint not null,
  -- json, not jsonb: a client's own words may hold a legal \u0000.
  metadata json,
  created_at timestamptz not null default now(),
  constraint job_extractions_pkey primary key (expires_on, id, generation),
  constraint job_extractions_in_one_place check (num_nonnulls(body, body_object) = 1)
) partition by range (expires_on);
alter table job_extractions alter column body set storage external;
create index job_extractions_by_name on job_extractions (organization_id, extraction_id);

-- The names that clients have chosen: one stands for one job for as long as there is the job. Names that they have not
-- chosen are made of the job's own id and need no row.
create table extraction_ids (
  organization_id uuid not null,
  extraction_id text not null,
  job_id uuid not null,
  created_at timestamptz not null default now(),
  constraint extraction_ids_pkey primary key (organization_id, extraction_id)
);
create index extraction_ids_by_age on extraction_ids (created_at);

-- What an answer has cost, if its executor counts that: pages, credits, words.
alter table job_results add column usage json;
