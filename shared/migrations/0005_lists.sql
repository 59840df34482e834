-- What lists are walked by. Every index here names columns that never change.

-- The queued jobs of an organization in the order of their ids. Without it a list of them reads the whole outbox, which
-- is everybody's backlog.
create index outbox_of_organization on outbox (organization_id, job_id);

-- The jobs of one workflow node, and those that came through any project or workflow at all.
create index job_records_by_node on job_records (organization_id, workflow_node_id, id) where workflow_node_id is not null;
create index job_records_of_projects on job_records (organization_id, id) where project_id is not null;
create index job_records_of_workflows on job_records (organization_id, id) where workflow_id is not null;

-- The ends of retried jobs: the few that may still be kept although their ids are old, unless they ended long ago too.
create index job_events_of_retries on job_events (organization_id, status, id, generation, at) where generation > 0;

-- Every time that an api was told to keep requests and results. Between the shortest and the longest lie the ids of which
-- only the row itself can say whether the job is expired; a list need not look at the others.
create table retentions (
  days integer not null,
  first_used_at timestamptz not null default now(),
  constraint retentions_pkey primary key (days),
  constraint retentions_are_days check (days between 1 and 365)
);
insert into retentions (days)
select distinct least(greatest(round(extract(epoch from expires_at - created_at) / 86400), 1), 365)::integer
from jobs
where generation = 0;

-- An id older than any that can be kept still, retries aside; a time before which no retried job ended that can be; an id
-- younger than any that can be expired. The hour is for ids that are made some time before their job is stored, on a clock
-- that may be a little off.
create function oldest_kept() returns uuid language sql stable parallel safe as $$
  select coalesce(uuid_floor(now() - make_interval(days => max(days), hours => 1)), '00000000-0000-0000-0000-000000000000')
  from retentions
$$;
create function oldest_kept_end() returns timestamptz language sql stable parallel safe as $$
  select coalesce(now() - make_interval(days => max(days)), '-infinity') from retentions
$$;
create function youngest_expired() returns uuid language sql stable parallel safe as $$
  select coalesce(uuid_floor(now() - make_interval(days => min(days)) + interval '1 hour'), 'ffffffff-ffff-ffff-ffff-ffffffffffff')
  from retentions
$$;
