//! The fleet: who is there, and how far it has come through each lane.

use std::time::{Duration, SystemTime};

use super::{Statement, Store, StoreError};
use crate::domain::Lane;

const SEEN: Statement = Statement::new(
    "workers.seen",
    "-- workers.seen
with light as materialized (
  select set_config('synchronous_commit', 'off', true)
), progress as (
  insert into lane_progress (worker_id, lane, claimed_through)
  select $1, p.lane, p.claimed_through
  from light, unnest($6::text[], $7::timestamptz[]) as p (lane, claimed_through)
  on conflict (worker_id, lane) do update
  set claimed_through = greatest(lane_progress.claimed_through, excluded.claimed_through)
)
insert into workers (id, version, roles, slots, in_flight, lane_slots)
select
  $1, $2, $3::text[], $4, $5,
  (select coalesce(jsonb_object_agg(s.lane, s.slots), '{}') from unnest($8::text[], $9::integer[]) as s (lane, slots))
from light
on conflict (id) do update
set last_seen_at = now(), in_flight = excluded.in_flight, lane_slots = excluded.lane_slots",
);
const LEFT: Statement = Statement::new(
    "workers.left",
    "-- workers.left
with gone as (delete from lane_progress where worker_id = $1)
delete from workers where id = $1",
);
const FORGET: Statement = Statement::new(
    "workers.forget",
    "-- workers.forget
with gone as (
  delete from workers where last_seen_at < now() - make_interval(secs => $1) returning id
)
delete from lane_progress p using gone where p.worker_id = gone.id",
);

pub(super) const STATEMENTS: &[Statement] = &[SEEN, LEFT, FORGET];

/// What a worker says of itself.
#[derive(Debug, Clone)]
pub struct Presence<'a> {
    /// Host and a nonce of this start: a restarted pod of the same name is another worker.
    pub id: &'a str,
    /// The program's version.
    pub version: &'a str,
    /// Its roles.
    pub roles: &'a [&'a str],
    /// Attempts of each lane that it can run at once.
    pub slots: &'a [(Lane, i32)],
    /// Attempts that it is running.
    pub in_flight: i32,
    /// For each lane, the newest publish time among the messages that it has claimed.
    pub claimed_through: &'a [(Lane, SystemTime)],
}

impl Store {
    /// Notes that a worker is there.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn worker_seen(&self, presence: &Presence<'_>) -> Result<(), StoreError> {
        let lanes: Vec<&str> = presence.claimed_through.iter().map(|(lane, _)| lane.as_str()).collect();
        let through: Vec<SystemTime> = presence.claimed_through.iter().map(|(_, at)| *at).collect();
        let slot_lanes: Vec<&str> = presence.slots.iter().map(|(lane, _)| lane.as_str()).collect();
        let slots: Vec<i32> = presence.slots.iter().map(|(_, slots)| *slots).collect();
        let all: i32 = slots.iter().sum();
        let Presence { id, version, roles, in_flight, .. } = presence;
        self.query(SEEN, &[id, version, roles, &all, in_flight, &lanes, &through, &slot_lanes, &slots]).await.map(drop)
    }

    /// Notes that a worker has left.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn worker_left(&self, id: &str) -> Result<(), StoreError> {
        self.query(LEFT, &[&id]).await.map(drop)
    }

    /// Forgets workers that were not seen for this long.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn forget_workers(&self, unseen_for: Duration) -> Result<(), StoreError> {
        self.query(FORGET, &[&unseen_for.as_secs_f64()]).await.map(drop)
    }
}
