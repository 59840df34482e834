-- jobs.claim_lock
-- The first half of a claim under limits: who claims of a limited endpoint does so alone, so that what runs of it can be
-- counted in the second half. Locked in key order.
select pg_advisory_xact_lock(6, k.key)
from (
  select distinct hashtext(j.endpoint) as key
  from jobs j
  where j.id = any($1::uuid[])
    and (j.endpoint = any($2::text[]) or exists (select from upstream_states u where u.endpoint = j.endpoint))
  order by key
) k
