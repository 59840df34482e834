use shared::domain::{JobId, Lease, LeaseToken, Progress, Stage};
use shared::store::jobs::{Filter, Include, List, Listed};

use crate::bed::{Bed, completed, finish_rules};

const FAR: Progress = Progress { stage: Stage::Recognizing, done: 7, total: 200 };

/// As a retrieve and as a list show it.
async fn shown(bed: &Bed, job: JobId) -> [Option<Progress>; 2] {
    let found = bed.store.find_job(bed.organization, job, Include::default()).await.unwrap().unwrap();
    let list = List {
        filter: Filter { job: Some(job), ..Filter::default() },
        ascending: false,
        cursor: None,
        limit: 1,
        include: Include::default(),
    };
    let Listed::Page(page) = bed.store.list_jobs(bed.organization, &list, 10).await.unwrap() else { panic!("no page") };
    [found.progress, page.jobs[0].progress]
}

#[tokio::test]
async fn progress_is_shown_while_the_attempt_lasts_that_told_it() {
    let bed = Bed::new().await;
    let (lease, other) = (bed.held().await, bed.held().await);
    assert_eq!(shown(&bed, lease.job).await, [None; 2]);
    let near = Progress { stage: Stage::Reading, done: 1, total: 3 };
    bed.store.note_progress(&[(lease, FAR), (other, near)]).await.unwrap();
    assert_eq!(shown(&bed, lease.job).await, [Some(FAR); 2]);
    assert_eq!(shown(&bed, other.job).await, [Some(near); 2]);

    // The next attempt has told nothing yet.
    bed.store.release(&[lease]).await.unwrap();
    assert_eq!(shown(&bed, lease.job).await, [None; 2]);
    let again = bed.try_claim(lease.job).await.unwrap().lease;
    assert_eq!(shown(&bed, lease.job).await, [None; 2]);
    // And the one before has no say any more.
    bed.store.note_progress(&[(lease, FAR)]).await.unwrap();
    assert_eq!(shown(&bed, lease.job).await, [None; 2]);

    bed.store.note_progress(&[(again, FAR)]).await.unwrap();
    bed.store.finish(&[completed(again)], finish_rules()).await.unwrap();
    assert_eq!(shown(&bed, lease.job).await, [None; 2]);
    bed.assert_sound().await;
}

#[tokio::test]
async fn progress_of_a_job_that_nobody_holds_is_nowhere() {
    let bed = Bed::new().await;
    let job = bed.queued().await;
    bed.store.note_progress(&[(Lease { job, token: LeaseToken::generate() }, FAR)]).await.unwrap();
    assert_eq!(shown(&bed, job).await, [None; 2]);
}

#[tokio::test]
async fn no_index_knows_progress() {
    let bed = Bed::new().await;
    let columns = "select string_agg(a.attname, ',') from pg_index i
         join pg_attribute a on a.attrelid = i.indexrelid where i.indrelid = 'running'::regclass";
    let indexed: String = bed.sql.query_one(columns, &[]).await.unwrap().get(0);
    assert_eq!(indexed, "job_id", "a write of progress writes indexes");
}
