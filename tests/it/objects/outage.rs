use std::time::Duration;

use shared::domain::Status;
use tests::app::App;
use tests::control::{Control, Outage, Service};
use tests::documents::text_job;
use tests::objects::Objects;
use tests::{eventually, report};

use super::large_job;

const REQUEST_TIMEOUT_MS: &str = "1500";
const RETRY_TIMEOUT_MS: &str = "1000";
/// One request that hangs, the pauses before others, and the machine's other work.
const REFUSAL_BOUND: Duration = Duration::from_secs(8);
const BOUND: Duration = Duration::from_secs(60);

#[tokio::test]
async fn while_s3_hangs_large_requests_are_refused_and_small_ones_go_on() {
    let name = "while_s3_hangs_large_requests_are_refused_and_small_ones_go_on";
    let Some(control) = Control::find(name) else { return };
    let app = App::builder(name)
        .alone()
        .objects(&Objects::s3())
        .env("QUIRE_BLOB_REQUEST_TIMEOUT_MS", REQUEST_TIMEOUT_MS)
        .env("QUIRE_BLOB_RETRY_TIMEOUT_MS", RETRY_TIMEOUT_MS)
        .start()
        .await;
    let sql = app.database().connect().await;
    let jobs = async || sql.query_one("select count(*) from jobs", &[]).await.unwrap().get::<_, i64>(0);

    let outage = Outage::begin_hanging(&control, Service::S3).await;
    let large = large_job(500_000);
    let refused = app.client().create(&large).await;
    assert_eq!((refused.code, refused.error_code()), (503, "object_store_unavailable"), "{}", refused.body);
    assert!(refused.took < REFUSAL_BOUND, "refused after {:?}", refused.took);
    assert_eq!(jobs().await, 0, "a refused job was stored");
    let small = app.client().submit(&text_job("small")).await;
    app.client().wait_until(small, Status::Completed, BOUND).await;
    outage.end().await;

    let accepted =
        eventually("S3 to be used again", BOUND, async || app.client().create(&large).await.accepted()).await;
    let job = app.client().wait_until(accepted, Status::Completed, BOUND).await;
    assert!(job["request"] == large["request"], "the request is another one");
    assert_eq!(jobs().await, 2);
    report(format_args!("S3 hanging: a large request is refused after {:?}", refused.took));
    app.finish().await;
}

#[tokio::test]
async fn a_result_waits_for_s3_and_is_not_lost() {
    let name = "a_result_waits_for_s3_and_is_not_lost";
    let Some(control) = Control::find(name) else { return };
    let app = App::builder(name)
        .alone()
        .objects(&Objects::s3())
        .env("QUIRE_BLOB_REQUEST_TIMEOUT_MS", REQUEST_TIMEOUT_MS)
        .env("QUIRE_BLOB_RETRY_TIMEOUT_MS", RETRY_TIMEOUT_MS)
        // The request stays in its row: it is too small for more. The result does not.
        .worker_env("QUIRE_INLINE_MAX_BYTES", "1024")
        .worker_env("QUIRE_RETRY_BASE_MS", "100")
        .start()
        .await;
    let outage = Outage::begin_hanging(&control, Service::S3).await;
    let id = app.client().submit(&large_job(20_000)).await;
    let failures = async || {
        let job = app.client().status(id).await;
        let code = job.body["last_failure_code"].as_str().map(str::to_owned);
        code.filter(|_| job.status() == Status::Queued || job.status() == Status::InProgress)
    };
    let code = eventually("an attempt to fail for want of the store", BOUND, failures).await;
    outage.end().await;
    let job = app.client().wait_until(id, Status::Completed, BOUND).await;
    assert!(job["response"]["body"]["text"].as_str().unwrap().len() > 19_000);
    report(format_args!("S3 hanging: the attempt failed with {code} and was made again"));
    app.finish().await;
}
