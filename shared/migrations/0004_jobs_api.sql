-- What the whole Jobs API asks of the tables: one word for `expired`, artifacts, a time to run at, scopes of keys.

-- The status that a client sees. Nothing is written when an ended job's time comes: it is derived here, wherever a job is
-- read. One plain select, so that the planner inlines it.
create function job_status_shown(status job_status, expires_at timestamptz) returns text
language sql stable parallel safe as $$
  select case
    when status in ('completed', 'failed', 'cancelled') and expires_at <= now() then 'expired'
    else status::text
  end
$$;

-- Files lifted out of a request or a result: a list of where in the text each belongs, its length, its digest and its
-- object. Null when there are none.
alter table job_payloads add column artifacts json;
alter table job_results add column artifacts json;

-- The worker's word that the handler of an attempt has stopped. After a cancel of a running job the next generation waits
-- for it, or for its grace to pass.
alter table job_attempts add column stopped_at timestamptz;

-- The earliest time that the client wants the job to run at.
alter table job_records add column run_at timestamptz;

-- What a key may do. A key made before there were scopes may do everything.
update api_keys set scopes = '{jobs:read,jobs:write}' where scopes = '{}';
alter table api_keys
  alter column scopes set default '{jobs:read,jobs:write}',
  add constraint api_keys_have_scopes check (cardinality(scopes) > 0);
