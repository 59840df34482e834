use std::time::Duration;

use shared::domain::Lane;
use shared::store::jobs::NewJob;
use shared::store::outbox::{CensusRules, Counted};

use crate::bed::Bed;

const RULES: CensusRules = CensusRules { flooding_from: 3, max_rows: 1_000 };

impl Bed {
    async fn counted(&self, lane: Lane, flooding: bool) -> Option<Counted> {
        let census = self.store.census(RULES).await.unwrap();
        assert!(!census.truncated);
        census.counted.into_iter().find(|found| found.lane == lane && found.flooding == flooding)
    }
}

fn figures(counted: &Option<Counted>) -> (i64, i64, i64) {
    counted.as_ref().map_or((0, 0, 0), |found| (found.queued, found.waiting, found.running))
}

#[tokio::test]
async fn what_waits_and_runs_is_counted_by_lane_and_by_who_floods_it() {
    let bed = Bed::new().await;
    assert!(bed.store.census(RULES).await.unwrap().counted.is_empty());
    let (one, two) = (bed.organization("one").await, bed.organization("two").await);
    let of = |organization, lane, delay| NewJob { lane, delay, ..bed.job_of(organization) };
    let hour = Duration::from_secs(3600);
    let batch: Vec<NewJob> = [
        (0..3).map(|_| of(one, Lane::Batch, Duration::ZERO)).collect::<Vec<_>>(),
        // Delayed work floods nothing.
        (0..9).map(|_| of(one, Lane::Batch, hour)).collect(),
        (0..4).map(|_| of(two, Lane::Batch, Duration::ZERO)).collect(),
        (0..2).map(|_| of(two, Lane::Long, Duration::ZERO)).collect(),
    ]
    .concat();
    bed.accept(&batch).await;
    let held = [batch[0].id, batch[12].id, batch[13].id];
    for job in &held[..2] {
        bed.claim(*job).await;
    }
    bed.run(&format!("update outbox set not_before = now() - interval '90 s' where job_id = '{}'", held[2].uuid()))
        .await;

    // Of the four of the second, one runs: three are due, which is not too many.
    let steady = bed.counted(Lane::Batch, false).await;
    assert_eq!(figures(&steady), (5, 9, 2));
    let oldest = steady.unwrap().oldest_seconds;
    assert!((90.0..120.0).contains(&oldest), "{oldest}");
    assert_eq!(bed.counted(Lane::Batch, true).await, None);
    assert_eq!(figures(&bed.counted(Lane::Long, false).await), (2, 0, 0));

    let more: Vec<NewJob> = (0..2).map(|_| of(two, Lane::Batch, Duration::ZERO)).collect();
    bed.accept(&more).await;
    assert_eq!(figures(&bed.counted(Lane::Batch, true).await), (5, 0, 1));
    assert_eq!(figures(&bed.counted(Lane::Batch, false).await), (2, 9, 1));
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_census_looks_at_no_more_than_it_may() {
    let bed = Bed::new().await;
    bed.queued_many(20).await;
    let census = bed.store.census(CensusRules { flooding_from: 100, max_rows: 15 }).await.unwrap();
    assert!(census.truncated);
    assert_eq!((census.counted.len(), census.counted[0].queued), (1, 15));
}
