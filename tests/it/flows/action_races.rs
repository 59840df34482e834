//! Cancel and retry over HTTP against whoever else moves the same job at that moment, many times over.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;
use shared::domain::Status;
use tests::app::App;
use tests::documents::text_job;
use tests::report;

use super::actions::Stage;
use crate::bed::{completed, finish_rules};

/// Jobs that are raced for at the same time, so that requests meet at all speeds.
const WIDTH: usize = 20;
const ROUNDS: usize = 10;
const BOUND: Duration = Duration::from_secs(60);

/// How often each pair of outcomes came.
#[derive(Default)]
struct Tally(BTreeMap<String, usize>);

impl Tally {
    fn note(&mut self, outcome: String) {
        *self.0.entry(outcome).or_default() += 1;
    }

    fn print(&self, race: &str) {
        for (outcome, count) in &self.0 {
            report(format_args!("{race}: {outcome}: {count}"));
        }
    }
}

#[tokio::test]
async fn cancel_against_finish() {
    let stage = Stage::new("cancel_against_finish", &[]).await;
    let mut tally = Tally::default();
    for round in 0..ROUNDS {
        let claimed = join_all((0..WIDTH).map(|_| stage.claimed())).await;
        let (client, store) = (stage.app.client(), &stage.store);
        let raced = claimed.iter().enumerate().map(|(index, claimed)| async move {
            let finish = async {
                stagger(index + round).await;
                store.finish(&[completed(claimed.lease)], finish_rules()).await.unwrap().len()
            };
            tokio::join!(client.cancel(claimed.lease.job), finish)
        });
        for (claimed, (cancel, finished)) in claimed.iter().zip(join_all(raced).await) {
            let status = client.status(claimed.lease.job).await.status();
            let expected = match (cancel.code, finished) {
                (200, 0) => Status::Cancelled,
                (400 | 409, 1) => Status::Completed,
                other => panic!("cancel and finish both won or lost: {other:?} {}", cancel.body),
            };
            assert_eq!(status, expected);
            tally.note(format!("cancel {}, {status}", cancel.code));
        }
    }
    tally.print("cancel against finish");
    stage.app.finish().await;
}

#[tokio::test]
async fn retry_against_expire() {
    let stage = Stage::new("retry_against_expire", &[]).await;
    let mut tally = Tally::default();
    for round in 0..ROUNDS {
        let jobs = join_all((0..WIDTH).map(|_| stage.submit())).await;
        join_all(jobs.iter().map(|job| stage.outlive(*job))).await;
        let expire = async {
            let mut expired = Vec::new();
            while expired.len() < WIDTH {
                expired.extend(stage.store.expire(3).await.unwrap());
            }
            expired
        };
        let client = stage.app.client();
        let raced = join_all(jobs.iter().enumerate().map(|(index, job)| async move {
            stagger(index + round).await;
            client.retry(*job).await
        }));
        let (expired, answers) = tokio::join!(expire, raced);
        assert_eq!(expired.len(), WIDTH, "expired twice, or after its retry");
        for (job, answer) in jobs.iter().zip(answers) {
            let status = client.status(*job).await.status();
            let expected = match answer.code {
                // It had expired, and has a whole new life.
                200 => Status::Queued,
                // It was still queued when the client asked.
                400 => Status::Expired,
                other => panic!("a retry against expire answered {other}: {}", answer.body),
            };
            assert_eq!(status, expected, "{}", answer.body);
            tally.note(format!("retry {}, {status}", answer.code));
        }
    }
    tally.print("retry against expire");
    stage.app.finish().await;
}

#[tokio::test]
async fn cancel_against_cancel() {
    let stage = Stage::new("cancel_against_cancel", &[]).await;
    let mut tally = Tally::default();
    for _ in 0..ROUNDS {
        let jobs = join_all((0..WIDTH).map(|_| stage.submit())).await;
        let client = stage.app.client();
        let raced = jobs.iter().map(|job| async { tokio::join!(client.cancel(*job), client.cancel(*job)) });
        for (first, second) in join_all(raced).await {
            let mut codes = [first.code, second.code];
            codes.sort_unstable();
            assert!(matches!(codes, [200, 400 | 409]), "{} {}", first.body, second.body);
            tally.note(format!("{codes:?}"));
        }
    }
    tally.print("cancel against cancel");
    stage.app.finish().await;
}

#[tokio::test]
async fn retry_against_retry() {
    let stage = Stage::new("retry_against_retry", &[]).await;
    for _ in 0..ROUNDS {
        let jobs = join_all((0..WIDTH).map(|_| stage.failed())).await;
        let client = stage.app.client();
        let raced = jobs.iter().map(|job| async { tokio::join!(client.retry(*job), client.retry(*job)) });
        for (job, (first, second)) in jobs.iter().zip(join_all(raced).await) {
            assert_eq!((first.code, second.code), (200, 200), "{} {}", first.body, second.body);
            assert_eq!(stage.generation(*job).await, 1, "both retries queued the job");
        }
    }
    report(format_args!("retry against retry: {} pairs, each 200 and 200, each one generation", ROUNDS * WIDTH));
    stage.app.finish().await;
}

#[tokio::test]
async fn cancel_against_retry() {
    let stage = Stage::new("cancel_against_retry", &[]).await;
    let mut tally = Tally::default();
    for round in 0..ROUNDS {
        let jobs = join_all((0..WIDTH).map(|_| stage.failed())).await;
        let client = stage.app.client();
        let raced = jobs.iter().enumerate().map(|(index, job)| async move {
            let cancel = async {
                stagger(index + round).await;
                client.cancel(*job).await
            };
            tokio::join!(client.retry(*job), cancel)
        });
        for (job, (retry, cancel)) in jobs.iter().zip(join_all(raced).await) {
            assert_eq!(retry.code, 200, "{}", retry.body);
            let status = client.status(*job).await.status();
            let expected = if cancel.code == 200 { Status::Cancelled } else { Status::Queued };
            assert_eq!(status, expected, "{} {}", cancel.code, cancel.body);
            assert!(matches!(cancel.code, 200 | 400), "{}", cancel.body);
            tally.note(format!("cancel {}, {status}", cancel.code));
        }
    }
    tally.print("cancel against retry");
    stage.app.finish().await;
}

/// With a real worker, whose claims and finishes are what the cancels meet.
#[tokio::test]
async fn what_was_cancelled_never_completes() {
    let app = App::builder("what_was_cancelled_never_completes").start().await;
    let (client, mut tally) = (app.client(), Tally::default());
    let mut jobs = Vec::new();
    for _ in 0..ROUNDS {
        let raced = (0..WIDTH).map(|index| async move {
            let job = client.submit(&text_job("raced")).await;
            stagger(index * 4).await;
            (job, client.cancel(job).await)
        });
        jobs.extend(join_all(raced).await);
    }
    for (job, answer) in jobs {
        let expected = match answer.code {
            200 => Status::Cancelled,
            400 | 409 => Status::Completed,
            other => panic!("a cancel answered {other}: {}", answer.body),
        };
        client.wait_until(job, expected, BOUND).await;
        tally.note(format!("cancel {}, {expected}", answer.code));
    }
    tally.print("cancel against a worker");
    app.finish().await;
}

/// Some yields, so that contenders do not always start in the same order.
async fn stagger(index: usize) {
    for _ in 0..index * 7 {
        tokio::task::yield_now().await;
    }
}
