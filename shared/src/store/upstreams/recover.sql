-- upstreams.recover
-- An attempt that began $2 seconds ago, and so after the hold was over, had an answer: one more may run, which doubles
-- them with each round of attempts. With enough of them the trouble is over, and only then is a row answered.
with grown as (
  update upstream_states u
  set allowed = u.allowed + 1, trips = 1, changed_at = now()
  where u.endpoint = $1 and u.held_until <= now() - make_interval(secs => $2) and u.allowed + 1 < u.enough
)
delete from upstream_states u
where u.endpoint = $1 and u.held_until <= now() - make_interval(secs => $2) and u.allowed + 1 >= u.enough
returning u.endpoint
