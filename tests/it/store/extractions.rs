use serde_json::json;
use shared::domain::{ExtractionId, JobId, Lease, Status};
use shared::store::jobs::{AcceptOutcome, Body, Ended, Include, KeptExtraction, NewJob, Outcome};

use crate::bed::{Bed, DAY, completed, finish_rules, idempotency, retry_rules};
use crate::calendar::outlive;

fn named(bed: &Bed, name: &str) -> NewJob {
    NewJob { extraction_id: Some(name.to_owned()), ..bed.job() }
}

/// What becomes of one job that is accepted alone.
async fn outcome(bed: &Bed, job: &NewJob) -> AcceptOutcome {
    bed.accept(std::slice::from_ref(job)).await.remove(0).outcome
}

fn is_accepted(outcome: &AcceptOutcome) -> bool {
    matches!(outcome, AcceptOutcome::Accepted { .. })
}

/// The end of an attempt that has extracted something.
fn extracted(lease: Lease, name: &str) -> Ended {
    let extraction = KeptExtraction {
        id: name.to_owned(),
        metadata: Some(json!({ "batch": "7\u{0}" })),
        body: Body::in_row(b"values".to_vec(), 6),
    };
    let Outcome::Completed { status_code, body, .. } = completed(lease).outcome else { unreachable!() };
    let (warnings, usage) = (Some(json!([{ "code": "schema_unsatisfied" }])), Some(json!({ "page_count": 1 })));
    let outcome = Outcome::Completed { status_code, body, warnings, usage, extraction: Some(extraction) };
    Ended { lease, outcome, trace_id: None }
}

const EXTRACTIONS: &str = "select count(*) from job_extractions";

#[tokio::test]
async fn a_name_stands_for_one_job_of_an_organization() {
    let bed = Bed::new().await;
    let first = named(&bed, "mine");
    assert!(is_accepted(&outcome(&bed, &first).await));
    // The same batch again, as after an ambiguous commit.
    assert!(is_accepted(&outcome(&bed, &first).await));
    assert_eq!(outcome(&bed, &named(&bed, "mine")).await, AcceptOutcome::NameTaken(first.id));
    assert!(is_accepted(&outcome(&bed, &named(&bed, "Mine")).await));
    let other = NewJob { organization: bed.organization("other").await, ..named(&bed, "mine") };
    assert!(is_accepted(&outcome(&bed, &other).await));
    assert_eq!(bed.count("select count(*) from jobs").await, 3);
    bed.assert_sound().await;
}

#[tokio::test]
async fn of_two_jobs_in_a_batch_one_has_the_name() {
    let bed = Bed::new().await;
    let batch = [named(&bed, "twice"), bed.job(), named(&bed, "twice")];
    let answers = bed.accept(&batch).await;
    let of = |id: JobId| &answers.iter().find(|answer| answer.submitted == id).unwrap().outcome;
    assert!(is_accepted(of(batch[1].id)));
    let (lucky, other) = if is_accepted(of(batch[0].id)) { (0, 2) } else { (2, 0) };
    assert!(is_accepted(of(batch[lucky].id)), "{answers:?}");
    assert_eq!(*of(batch[other].id), AcceptOutcome::Unseen, "look again");
    assert_eq!(outcome(&bed, &batch[other]).await, AcceptOutcome::NameTaken(batch[lucky].id));
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_key_counts_before_a_name_and_leaves_no_name_behind() {
    let bed = Bed::new().await;
    let keyed = |hash, name: &str| NewJob { idempotency: Some(idempotency("k", hash)), ..named(&bed, name) };
    let first = keyed(1, "mine");
    assert!(is_accepted(&outcome(&bed, &first).await));
    assert_eq!(outcome(&bed, &keyed(1, "mine")).await, AcceptOutcome::Replayed(first.id));
    assert_eq!(outcome(&bed, &keyed(2, "other")).await, AcceptOutcome::Mismatch(first.id));
    assert!(is_accepted(&outcome(&bed, &named(&bed, "other")).await), "the name was not taken by what made no job");
    let taken = NewJob { idempotency: Some(idempotency("fresh", 1)), ..named(&bed, "mine") };
    assert_eq!(outcome(&bed, &taken).await, AcceptOutcome::NameTaken(first.id));
    let free = NewJob { extraction_id: Some("free".to_owned()), id: bed.job().id, ..taken };
    assert!(is_accepted(&outcome(&bed, &free).await), "the key was not used by what made no job");
    bed.assert_sound().await;
}

#[tokio::test]
async fn the_name_of_another_jobs_extraction_is_taken() {
    let bed = Bed::new().await;
    let job = bed.queued().await;
    for generation in [0, 2] {
        let name = ExtractionId::of(job, generation).to_string();
        assert_eq!(outcome(&bed, &named(&bed, &name)).await, AcceptOutcome::NameTaken(job));
        let foreign = NewJob { organization: bed.organization(&name).await, ..named(&bed, &name) };
        assert!(is_accepted(&outcome(&bed, &foreign).await));
    }
    let unknown = ExtractionId::of(bed.job().id, 0).to_string();
    assert!(is_accepted(&outcome(&bed, &named(&bed, &unknown)).await));
}

#[tokio::test]
async fn a_name_whose_job_was_never_made_is_free_after_an_hour() {
    let bed = Bed::new().await;
    let (organization, nobody) = (bed.organization.uuid(), bed.job().id);
    let insert = |name: &str, minutes: u32| {
        format!(
            "insert into extraction_ids values ('{organization}', '{name}', '{}', now() - interval '{minutes} minutes')",
            nobody.uuid()
        )
    };
    bed.run(&format!("{}; {}", insert("old", 61), insert("young", 59))).await;
    assert!(is_accepted(&outcome(&bed, &named(&bed, "old")).await));
    assert_eq!(outcome(&bed, &named(&bed, "young")).await, AcceptOutcome::NameTaken(nobody));
    // One whose job is there stays however old it is.
    let kept = named(&bed, "kept");
    assert!(is_accepted(&outcome(&bed, &kept).await));
    bed.run("update extraction_ids set created_at = now() - interval '100 days' where extraction_id = 'kept'").await;
    assert_eq!(outcome(&bed, &named(&bed, "kept")).await, AcceptOutcome::NameTaken(kept.id));
    assert_eq!(bed.store.purge_extraction_names(101, 10).await.unwrap(), 0);
    assert_eq!(bed.store.purge_extraction_names(99, 10).await.unwrap(), 1);
    assert_eq!(bed.count("select count(*) from extraction_ids").await, 2);
}

#[tokio::test]
async fn an_extraction_is_written_with_the_end_of_its_attempt_or_not_at_all() {
    let bed = Bed::new().await;
    let (lease, lost) = (bed.held().await, bed.held().await);
    bed.store.cancel(bed.organization, lost.job).await.unwrap();
    let ends = [extracted(lease, "extr_1"), extracted(lost, "extr_2")];
    assert_eq!(bed.store.finish(&ends, finish_rules()).await.unwrap().len(), 1);
    // The holder's second word makes no second record.
    assert!(bed.store.finish(&ends, finish_rules()).await.unwrap().is_empty());
    let written = "select count(*) from job_extractions x join jobs j on j.id = x.id and j.expires_on = x.expires_on
        where x.extraction_id = 'extr_1' and x.organization_id = j.organization_id and x.endpoint = j.endpoint
          and x.body = 'values' and x.body_bytes = 6 and x.metadata is not null";
    assert_eq!((bed.count(written).await, bed.count(EXTRACTIONS).await), (1, 1));
    let usage = "select count(*) from job_results where usage ->> 'page_count' = '1'";
    assert_eq!(bed.count(usage).await, 1);
    // What the client should know is told without the response.
    let found = bed.store.find_job(bed.organization, lease.job, Include::default()).await.unwrap().unwrap();
    assert_eq!((found.warnings, found.result), (Some(json!([{ "code": "schema_unsatisfied" }])), None));
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_retry_takes_the_old_extraction_away_and_the_day_takes_the_rest() {
    let bed = Bed::new().await;
    let lease = bed.held().await;
    bed.store.finish(&[extracted(lease, "extr_1")], finish_rules()).await.unwrap();
    bed.outlive(lease.job).await;
    bed.store.user_retry(bed.organization, lease.job, retry_rules(DAY)).await.unwrap();
    assert_eq!(bed.count(EXTRACTIONS).await, 0);
    let again = bed.claim(lease.job).await;
    bed.store.finish(&[extracted(again, "extr_1-1")], finish_rules()).await.unwrap();
    assert_eq!(bed.status(lease.job).await, Status::Completed);
    assert_eq!(bed.count(EXTRACTIONS).await, 1);
    bed.assert_sound().await;
    let digits = outlive(&bed.sql, lease.job, 3).await;
    let gone = super::removal::remove(&bed.store).await;
    assert!(gone.iter().any(|(name, _)| *name == format!("job_extractions_{digits}")), "{gone:?}");
    assert_eq!(bed.count(EXTRACTIONS).await, 0);
}
