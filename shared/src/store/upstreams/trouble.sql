-- upstreams.trouble
-- An attempt that began $3 seconds ago has shown trouble at these endpoints ($1): the upstream does not work ($2), or it
-- has too much to do. Whoever comes first decides; what began before the last hold was over says nothing new, so that
-- one trouble, which fails many attempts at once, counts once for the whole fleet.
-- A broken upstream is held and then tried by one attempt at a time. More may run with each that succeeds; a failure then
-- halves them, and one that fails alone holds it again, twice as long as the time before.
-- No hold is shorter than what the upstream asks for ($4); others are drawn, so that two upstreams of the same trouble are
-- not tried at the same moment.
insert into upstream_states as u (endpoint, allowed, enough, held_until, trips)
select
  e.endpoint, case when $2::boolean then 1 else greatest(1, r.running / 2) end, greatest(4, r.running),
  now() + make_interval(secs => greatest($4, case when $2 then $5::float8 * (0.8 + 0.4 * random()) else 0 end)), 1
from unnest($1::text[]) as e (endpoint)
cross join lateral (select count(*)::integer as running from running r where r.endpoint = e.endpoint) r
order by e.endpoint
on conflict (endpoint) do update
set allowed = greatest(1, u.allowed / 2), trips = u.trips + (u.allowed = 1)::integer, changed_at = now(),
  held_until = now() + make_interval(
    secs => greatest(
      $4::float8,
      case when u.allowed = 1 then least($6::float8, $5 * power(2, least(u.trips, 30))) * (0.8 + 0.4 * random()) else 0 end
    )
  )
where u.held_until <= now() - make_interval(secs => $3::float8)
returning u.endpoint
