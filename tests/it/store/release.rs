use shared::domain::{Lease, LeaseToken, Status};

use crate::bed::{Bed, completed, finish_rules};

#[tokio::test]
async fn a_released_job_is_queued_at_the_next_sequence_and_costs_no_budget() {
    let bed = Bed::new().await;
    let leases = [bed.held().await, bed.held().await];
    let mut released = bed.store.release(&leases).await.unwrap();
    released.sort_unstable();
    assert_eq!(released, [leases[0].job, leases[1].job]);
    let row = bed.row(leases[0].job).await;
    assert_eq!((row.status, row.seq, row.released_count, row.attempt_count), (Status::Queued, 2, 1, 1));
    let again = bed.try_claim(leases[0].job).await.unwrap();
    assert_eq!((again.attempt, again.budget_used), (2, 1));
    bed.assert_sound().await;
}

#[tokio::test]
async fn only_the_holder_can_release() {
    let bed = Bed::new().await;
    let lease = bed.held().await;
    let stranger = Lease { token: LeaseToken::generate(), ..lease };
    assert!(bed.store.release(&[stranger]).await.unwrap().is_empty());
    bed.store.finish(&[completed(lease)], finish_rules()).await.unwrap();
    assert!(bed.store.release(&[lease]).await.unwrap().is_empty());
    assert_eq!(bed.status(lease.job).await, Status::Completed);
    bed.assert_sound().await;
}
