use std::time::Duration;

use shared::domain::{JobId, Status};
use tests::app::App;
use tests::control::{Control, Outage, Service};
use tests::documents::text_job;
use tests::report;

/// A create must not wait for a broker that is not there.
const CREATE_BOUND: Duration = Duration::from_secs(1);
/// The default; other tests give the broker more time.
const CONFIRM_WAIT_MS: &str = "150";
const RECOVERY_BOUND: Duration = Duration::from_secs(60);

/// Creates jobs while the broker is away: each is stored, and says that it will take longer.
async fn create_delayed(app: &App) -> Vec<JobId> {
    let mut jobs = Vec::new();
    let mut slowest = Duration::ZERO;
    for number in 0..20 {
        let answer = app.client().create(&text_job(&format!("number {number}"))).await;
        assert_eq!(answer.code, 202, "{}", answer.body);
        assert_eq!(answer.body["warnings"][0]["code"], "dispatch_delayed", "{}", answer.body);
        assert!(answer.took < CREATE_BOUND, "a create took {:?}", answer.took);
        slowest = slowest.max(answer.took);
        jobs.push(answer.id());
    }
    report(format_args!("broker away: the slowest of 20 creates took {} ms", slowest.as_millis()));
    jobs
}

/// A retry is done although the broker is away, and says that it will take longer: 503 would make clients send it again.
async fn retry_delayed(app: &App, job: JobId) {
    assert_eq!(app.client().cancel(job).await.code, 200);
    let answer = app.client().retry(job).await;
    assert_eq!((answer.code, answer.status()), (202, Status::Queued), "{}", answer.body);
    assert_eq!(answer.body["warnings"][0]["code"], "dispatch_delayed", "{}", answer.body);
    assert!(answer.took < CREATE_BOUND, "a retry took {:?}", answer.took);
    // Sent again, it is not done again.
    let answer = app.client().retry(job).await;
    assert_eq!((answer.code, answer.status()), (200, Status::Queued), "{}", answer.body);
}

#[tokio::test]
async fn without_the_broker_jobs_are_accepted_and_run_when_it_is_back() {
    let name = "without_the_broker_jobs_are_accepted_and_run_when_it_is_back";
    let Some(control) = Control::find(name) else { return };
    // Work is not to be taken straight from PostgreSQL here: the way through the broker must heal.
    let mut app = App::builder(name)
        .alone()
        .api_env("QUIRE_API_CONFIRM_WAIT_MS", CONFIRM_WAIT_MS)
        .worker_env("QUIRE_WORKER_DIRECT_AFTER_MS", "3600000")
        .start()
        .await;
    let outage = Outage::begin(&control, Service::Rabbitmq).await;
    let jobs = create_delayed(&app).await;
    for job in &jobs {
        assert_eq!(app.client().status(*job).await.status(), Status::Queued);
    }
    retry_delayed(&app, jobs[0]).await;
    outage.end().await;
    for job in jobs {
        app.client().wait_until(job, Status::Completed, RECOVERY_BOUND).await;
    }
    // And the way is as short as before, as soon as both have found the broker again.
    app.api().wait_ready().await;
    app.worker(0).wait_ready().await;
    let answer = app.client().create(&text_job("after")).await;
    assert_eq!(answer.code, 200, "{}", answer.body);
    app.client().wait_until(answer.id(), Status::Completed, RECOVERY_BOUND).await;
    app.finish().await;
}

#[tokio::test]
async fn without_the_broker_work_still_runs() {
    let name = "without_the_broker_work_still_runs";
    let Some(control) = Control::find(name) else { return };
    let mut app = App::builder(name)
        .alone()
        .api_env("QUIRE_API_CONFIRM_WAIT_MS", CONFIRM_WAIT_MS)
        .worker_env("QUIRE_WORKER_DIRECT_AFTER_MS", "1000")
        .start()
        .await;
    let outage = Outage::begin(&control, Service::Rabbitmq).await;
    for job in create_delayed(&app).await {
        app.client().wait_until(job, Status::Completed, RECOVERY_BOUND).await;
    }
    outage.end().await;
    app.api().wait_ready().await;
    app.worker(0).wait_ready().await;
    app.finish().await;
}
