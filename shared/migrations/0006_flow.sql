-- What flows where: work is dispatched by endpoint too, as much as the fleet can take, and past what is broken.

-- One endpoint's backlog, or its broken upstream, must not stand in front of another's work. A row of before has no
-- endpoint for the moment in which older programs still write; its job has one.
alter table outbox add column endpoint text not null default '';
update outbox o set endpoint = j.endpoint from jobs j where j.id = o.job_id;
create index outbox_unpublished on outbox (lane, endpoint, organization_id, not_before) where published_at is null;
drop index outbox_due;

-- What runs of each endpoint and organization is counted here: the table is as small as the fleet.
alter table running add column endpoint text not null default '';
update running r set endpoint = j.endpoint from jobs j where j.id = r.job_id;

-- How many attempts of each lane a worker can run: {"batch": 4}.
alter table workers add column lane_slots jsonb not null default '{}';

-- How much of an organization's work the broker may hold in a lane: enough to keep the fleet busy, and no more, because
-- whoever comes next waits behind it. Never less than 4, never more than `most`.
create function fairness_window(lane text, per_slot bigint, most bigint) returns bigint
language sql stable parallel safe as $$
  select least($3, greatest(4, $2 * coalesce(sum((w.lane_slots ->> $1)::bigint), 0)::bigint))
  from workers w
  where w.last_seen_at > now() - interval '15 seconds'
$$;

-- Endpoints whose upstream is in trouble, as the whole fleet sees it. No row: all is well. With `held_until` over, only
-- `allowed` is left of it: a row that nobody looks after any more stops nothing.
create table upstream_states (
  endpoint text not null,
  -- Attempts that may run at once.
  allowed integer not null,
  -- With so many allowed the trouble is over.
  enough integer not null,
  -- Nothing is tried before.
  held_until timestamptz not null,
  -- Times in a row that it was held.
  trips integer not null,
  changed_at timestamptz not null default now(),
  constraint upstream_states_pkey primary key (endpoint),
  constraint upstream_states_are_counts check (allowed >= 1 and enough >= 1 and trips >= 1)
) with (fillfactor = 50);

-- How much of an endpoint may run at once, by its configuration ($1 to $3) and by the state of its upstream, whichever is
-- less. An endpoint that is not here is free; a null is no limit.
create function endpoint_limits(paths text[], totals bigint[], per_organization bigint[])
returns table (endpoint text, total bigint, per_organization bigint)
language sql stable as $$
  select
    coalesce(l.path, u.endpoint), least(l.total, case when u.held_until > now() then 0 else u.allowed end),
    l.per_organization
  from unnest($1, $2, $3) as l (path, total, per_organization)
  full join upstream_states u on u.endpoint = l.path
$$;

-- For programs: the values behind a failure's message, and its causes.
alter table job_attempts add column details json;
