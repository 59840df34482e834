use shared::domain::Lane;
use shared::store::jobs::{AcceptOutcome, AcceptRules, NewJob};
use shared::store::outbox::Window;

use crate::bed::{Bed, LANE, WORKER, rules};

/// How many of 300 jobs of an organization may be published at once.
async fn published(bed: &Bed, lane: Lane, window: Window) -> usize {
    let organization = bed.organization(&format!("{:016x}", rand::random::<u64>())).await;
    let batch: Vec<NewJob> = (0..300).map(|_| NewJob { lane, ..bed.job_of(organization) }).collect();
    let answer = bed.store.accept(&batch, AcceptRules { window, ..rules() }).await.unwrap();
    let publish = |outcome: &AcceptOutcome| matches!(outcome, AcceptOutcome::Accepted { publish: true, .. });
    answer.iter().filter(|accepted| publish(&accepted.outcome)).count()
}

#[tokio::test]
async fn the_window_grows_with_the_slots_of_the_living_fleet() {
    let bed = Bed::new().await;
    let window = Window { most: 200, per_slot: 3 };
    bed.run("delete from workers").await;
    assert_eq!(published(&bed, LANE, window).await, 4, "without a fleet");
    bed.fleet(1).await;
    assert_eq!(published(&bed, LANE, window).await, 4, "never less than 4");
    bed.fleet(10).await;
    assert_eq!(published(&bed, LANE, window).await, 30);
    bed.fleet(1_000).await;
    assert_eq!(published(&bed, LANE, window).await, 200, "never more than the most");
    assert_eq!(published(&bed, LANE, Window { most: 2, ..window }).await, 2);
    // Another worker has slots in one lane only, and a worker of the version before says nothing of its slots.
    bed.fleet(5).await;
    bed.run(
        "insert into workers (id, version, roles, slots, in_flight, lane_slots)
         values ('other', 'test', '{execute}', 8, 0, '{\"long\": 8}'), ('old', 'test', '{execute}', 8, 0, default)",
    )
    .await;
    assert_eq!(published(&bed, LANE, window).await, 15);
    assert_eq!(published(&bed, Lane::Long, window).await, 39);
    // Dead ones do not count for long, and those that left not at all.
    bed.run("update workers set last_seen_at = now() - interval '16 s' where id = 'other'").await;
    assert_eq!(published(&bed, Lane::Long, window).await, 15);
    bed.store.worker_left(WORKER).await.unwrap();
    assert_eq!(published(&bed, Lane::Long, window).await, 4);
}
