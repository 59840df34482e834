use shared::domain::Status;
use shared::store::jobs::Include;

use crate::bed::{Bed, finish_rules, retried};

#[tokio::test]
async fn a_queued_job_expires_once_its_time_is_over() {
    let bed = Bed::new().await;
    let (late, early) = (bed.queued().await, bed.queued().await);
    bed.outlive(late).await;
    assert_eq!(bed.store.expire(10).await.unwrap(), [late]);
    assert_eq!(bed.status(late).await, Status::Expired);
    assert_eq!(bed.status(early).await, Status::Queued);
    assert!(bed.try_claim(late).await.is_none());
    assert!(bed.store.expire(10).await.unwrap().is_empty());
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_running_job_is_not_expired_and_its_retry_is() {
    let bed = Bed::new().await;
    let lease = bed.held().await;
    bed.outlive(lease.job).await;
    assert!(bed.store.expire(10).await.unwrap().is_empty());
    bed.store.finish(&[retried(lease, std::time::Duration::ZERO)], finish_rules()).await.unwrap();
    assert_eq!(bed.store.expire(10).await.unwrap(), [lease.job]);
    bed.assert_sound().await;
}

#[tokio::test]
async fn an_ended_job_reads_as_expired_and_shows_no_payload() {
    let bed = Bed::new().await;
    let job = bed.ended(Status::Completed).await;
    bed.outlive(job).await;
    let full = Include { request: true, response: true };
    let found = bed.store.find_job(bed.organization, job, full).await.unwrap().unwrap();
    assert_eq!(found.status, Status::Expired);
    assert!(found.request.is_none() && found.result.is_none(), "{found:?}");
    assert_eq!(bed.status(job).await, Status::Completed, "nothing is written when the time of an ended job comes");
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_job_that_somebody_holds_is_left_for_the_next_round() {
    let bed = Bed::new().await;
    let jobs = [bed.queued().await, bed.queued().await];
    for job in jobs {
        bed.outlive(job).await;
    }
    let mut holder = bed.database.connect().await;
    let transaction = holder.transaction().await.unwrap();
    transaction.execute("select from jobs where id = $1 for update", &[&jobs[0].uuid()]).await.unwrap();
    assert_eq!(bed.store.expire(10).await.unwrap(), [jobs[1]]);
    transaction.rollback().await.unwrap();
    assert_eq!(bed.store.expire(10).await.unwrap(), [jobs[0]]);
    bed.assert_sound().await;
}
