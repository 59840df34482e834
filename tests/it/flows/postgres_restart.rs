use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use shared::domain::{JobId, Status};
use tests::app::App;
use tests::client::Client;
use tests::control::{Control, Outage, Service};
use tests::documents::text_job;
use tests::{audit, eventually, report};

const SUBMITTERS: usize = 16;
const RECOVERY_BOUND: Duration = Duration::from_secs(90);

/// What one submitter was told.
#[derive(Default)]
struct Told {
    accepted: Vec<JobId>,
    /// The only 5xx after which a job may exist.
    unknown: Vec<JobId>,
    refused: BTreeMap<String, usize>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_accepted_job_is_lost_when_postgresql_restarts_under_load() {
    let name = "no_accepted_job_is_lost_when_postgresql_restarts_under_load";
    let Some(control) = Control::find(name) else { return };
    let app = App::builder(name).alone().workers(2).start().await;
    let going = Arc::new(AtomicBool::new(true));
    let submitters: Vec<_> =
        (0..SUBMITTERS).map(|number| tokio::spawn(submit(app.client().clone(), number, Arc::clone(&going)))).collect();

    for outage in ["stop", "kill"] {
        completed(&app, 200, outage).await;
        let outage = match outage {
            "stop" => Outage::begin(&control, Service::Postgres).await,
            _ => Outage::begin_hard(&control, Service::Postgres).await,
        };
        outage.end().await;
    }
    completed(&app, 200, "the end").await;
    going.store(false, Ordering::Relaxed);

    let mut told = Told::default();
    for submitter in submitters {
        let one = submitter.await.unwrap();
        told.accepted.extend(one.accepted);
        told.unknown.extend(one.unknown);
        for (code, count) in one.refused {
            *told.refused.entry(code).or_default() += count;
        }
    }
    report(format_args!(
        "PostgreSQL stopped and killed: {} accepted, {} of unknown outcome, refused: {:?}",
        told.accepted.len(),
        told.unknown.len(),
        told.refused
    ));
    assert!(told.accepted.len() > 600);
    check(&app, &told).await;
    app.finish().await;
}

/// Waits until so many more jobs have completed than when it was called.
async fn completed(app: &App, more: i64, until: &str) {
    const COUNT: &str = "select count(*) from jobs where status = 'completed'";
    let sql = app.database().connect().await;
    let before: i64 = sql.query_one(COUNT, &[]).await.unwrap().get(0);
    eventually(&format!("{more} jobs to complete before {until}"), RECOVERY_BOUND, async || {
        let now: i64 = sql.query_one(COUNT, &[]).await.unwrap().get(0);
        (now >= before + more).then_some(())
    })
    .await;
}

async fn submit(client: Client, number: usize, going: Arc<AtomicBool>) -> Told {
    let mut told = Told::default();
    let mut count = 0;
    while going.load(Ordering::Relaxed) {
        count += 1;
        let answer = client.create(&text_job(&format!("{number}-{count}"))).await;
        match (answer.accepted(), answer.error_code()) {
            (Some(job), _) => told.accepted.push(job),
            (None, "outcome_unknown") => {
                let job = answer.body["detail"]["details"]["job_id"].as_str().unwrap();
                told.unknown.push(job.parse().unwrap());
            }
            (None, code @ ("database_unavailable" | "overloaded")) => {
                *told.refused.entry(code.to_owned()).or_default() += 1;
            }
            (None, _) => panic!("{} {}", answer.code, answer.body),
        }
    }
    told
}

async fn check(app: &App, told: &Told) {
    let sql = app.database().connect().await;
    eventually("every job to end", RECOVERY_BOUND, async || audit::unfinished(&sql).await.is_empty().then_some(()))
        .await;
    let ids: Vec<_> = told.accepted.iter().map(|job| job.uuid()).collect();
    let kept: i64 = sql
        .query_one("select count(*) from jobs where id = any($1) and status = 'completed'", &[&ids])
        .await
        .unwrap()
        .get(0);
    assert_eq!(usize::try_from(kept).unwrap(), told.accepted.len(), "accepted jobs that are not there and completed");
    for job in &told.unknown {
        let answer = app.client().status(*job).await;
        assert!(answer.code == 404 || answer.status() == Status::Completed, "{}", answer.body);
    }
    let known: Vec<_> = told.accepted.iter().chain(&told.unknown).map(|job| job.uuid()).collect();
    let strange: i64 = sql.query_one("select count(*) from jobs where id <> all($1)", &[&known]).await.unwrap().get(0);
    assert_eq!(strange, 0, "jobs of which no client was told");
}
