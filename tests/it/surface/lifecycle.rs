use std::collections::BTreeSet;
use std::time::Duration;

use shared::domain::{Event, Lease, LeaseToken, Status, apply};
use shared::store::jobs::Include;

use crate::bed::{Bed, DAY, completed, failed, finish_rules, retried, retry_rules};

/// Moves of the machine that no statement makes yet: create answers `queued` until documents are fetched from URLs.
const NOT_BUILT: [(Status, Event); 3] =
    [(Status::Validating, Event::Validated), (Status::Validating, Event::Failed), (Status::Validating, Event::Expired)];

fn word(event: Event) -> String {
    let mut word = String::new();
    for letter in format!("{event:?}").chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

#[test]
fn the_page_and_the_machine_say_the_same() {
    let page = std::fs::read_to_string(super::tidy::root().join("docs/job-lifecycle.md")).unwrap();
    let written: BTreeSet<String> = page
        .lines()
        .skip_while(|line| *line != "| from | event | to |")
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" "))
        .collect();
    let coded: BTreeSet<String> = Status::ALL
        .into_iter()
        .flat_map(|from| Event::ALL.map(|event| (from, event)))
        .filter_map(|(from, event)| apply(from, event).ok().map(|to| format!("{from} {} {to}", word(event))))
        .collect();
    assert_eq!(written, coded);
    assert!(coded.len() > 15, "the machine has lost most of its moves");
}

#[tokio::test]
async fn the_statements_and_the_machine_say_the_same() {
    let bed = Bed::new().await;
    let mut differences = Vec::new();
    for from in Status::ALL {
        for event in Event::ALL.into_iter().filter(|event| !NOT_BUILT.contains(&(from, *event))) {
            let lease = in_status(&bed, from).await;
            let to = drive(&bed, lease, event).await;
            let expected = apply(from, event).unwrap_or(from);
            if to != expected {
                differences.push(format!("{from}, {event:?}: the machine says {expected}, the statements {to}"));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// A job in this status, and the lease on it; one that nobody holds, if it is not in progress.
async fn in_status(bed: &Bed, status: Status) -> Lease {
    let job = match status {
        Status::InProgress => return bed.held().await,
        Status::Queued => bed.queued().await,
        Status::Validating => {
            let job = bed.queued().await;
            let id = job.uuid();
            bed.run(&format!(
                "update jobs set status = 'validating' where id = '{id}'; delete from outbox where job_id = '{id}'"
            ))
            .await;
            job
        }
        Status::Expired => {
            let job = bed.queued().await;
            bed.outlive(job).await;
            bed.store.expire(10).await.unwrap();
            job
        }
        ended => bed.ended(ended).await,
    };
    Lease { job, token: LeaseToken::generate() }
}

/// Lets the event happen, and answers the status that clients see afterwards.
async fn drive(bed: &Bed, lease: Lease, event: Event) -> Status {
    let (store, organization, job) = (&bed.store, bed.organization, lease.job);
    match event {
        Event::Validated => {}
        Event::Claimed => drop(bed.try_claim(job).await),
        Event::Completed => drop(store.finish(&[completed(lease)], finish_rules()).await.unwrap()),
        Event::Failed => drop(store.finish(&[failed(lease)], finish_rules()).await.unwrap()),
        Event::Retried => drop(store.finish(&[retried(lease, Duration::ZERO)], finish_rules()).await.unwrap()),
        Event::Released => drop(store.release(&[lease]).await.unwrap()),
        Event::Lost => {
            bed.lapse(job).await;
            store.rescue_expired(10, 5).await.unwrap();
        }
        Event::Cancelled => drop(store.cancel(organization, job).await.unwrap()),
        Event::Expired => {
            bed.outlive(job).await;
            store.expire(10).await.unwrap();
        }
        Event::UserRetried => drop(store.user_retry(organization, job, retry_rules(DAY)).await.unwrap()),
    }
    store.find_job(organization, job, Include::default()).await.unwrap().unwrap().status
}
