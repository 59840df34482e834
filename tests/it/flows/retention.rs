use std::path::PathBuf;
use std::time::Duration;

use shared::domain::{JobId, Status};
use tests::app::App;
use tests::documents::text_job;
use tests::{eventually, report};

use crate::calendar::{self, outlive, outlive_all, tables};

const BOUND: Duration = Duration::from_secs(30);

/// A text that does not become small: its request and its result are both kept as objects.
fn large_text() -> String {
    (0..4_000).map(|_| char::from(rand::random_range(b'a'..=b'z'))).collect()
}

fn folder(app: &App, job: JobId) -> PathBuf {
    app.objects().join("jobs").join(job.to_string())
}

async fn completed(app: &App) -> JobId {
    let id = app.client().submit(&text_job(&large_text())).await;
    app.client().wait_until(id, Status::Completed, BOUND).await;
    let kept = std::fs::read_dir(folder(app, id)).unwrap().count();
    assert_eq!(kept, 2, "request and result of {id}");
    id
}

/// The sum of a sample of several processes.
fn sum(metrics: &str, sample: &str) -> i64 {
    let values = metrics.lines().filter_map(|line| line.strip_prefix(sample)?.strip_prefix(' '));
    values.map(|value| value.parse::<i64>().unwrap()).sum()
}

async fn start(name: &str, workers: usize) -> App {
    App::builder(name)
        .workers(workers)
        .env("QUIRE_INLINE_MAX_BYTES", "1024")
        .env("QUIRE_PARTITIONS_INTERVAL_MS", "200")
        .worker_env("QUIRE_PARTITIONS_LOCK_TIMEOUT_MS", "500")
        .start()
        .await
}

#[tokio::test]
async fn the_objects_of_a_day_go_with_its_partitions_and_others_stay() {
    // Two workers: they take the partitions away at the same time.
    let mut app = start("the_objects_of_a_day_go_with_its_partitions", 2).await;
    let (over, also_over, alive) = (completed(&app).await, completed(&app).await, completed(&app).await);
    let sql = app.database().connect().await;
    let digits = outlive_all(&sql, &[over, also_over], 3).await;
    eventually("the partitions to be dropped", BOUND, async || tables(&sql, &digits).await.is_empty().then_some(()))
        .await;
    for job in [over, also_over] {
        assert!(!folder(&app, job).exists(), "objects of {job} are left");
        let shown = app.client().retrieve(job, true).await;
        assert_eq!((shown.code, shown.status()), (200, Status::Expired));
        assert!(shown.body["request"].is_null() && shown.body["warnings"].is_null(), "{}", shown.body);
    }
    let shown = app.client().retrieve(alive, true).await.body;
    assert!(!shown["request"].is_null() && !shown["response"].is_null(), "{shown}");
    // Either worker may have done either part, and a table is gone a moment before that is counted.
    let both = eventually("the partitions to be counted", BOUND, async || {
        let both = app.worker(0).metrics().await + &app.worker(1).metrics().await;
        let dropped = ["job_payloads", "job_results"]
            .map(|table| sum(&both, &format!("quire_partitions_dropped_total{{table=\"{table}\"}}")));
        (dropped == [1, 1]).then_some(both)
    })
    .await;
    assert_eq!(sum(&both, "quire_objects_deleted_total{by=\"retention\"}"), 4, "{both}");
    assert_eq!(sum(&both, "quire_maintenance_failures_total{reconciler=\"removal\"}"), 0, "{both}");
    app.finish().await;
}

#[tokio::test]
async fn a_partition_stays_while_its_objects_cannot_be_deleted() {
    let mut app = start("a_partition_stays_while_its_objects_cannot_be_deleted", 1).await;
    let job = completed(&app).await;
    // A folder that leads to itself cannot be listed.
    let trap = folder(&app, job).join("again");
    std::os::unix::fs::symlink(folder(&app, job), &trap).unwrap();
    let sql = app.database().connect().await;
    let digits = outlive(&sql, job, 3).await;
    let requests = format!("job_payloads_{digits}");
    let trapped = "quire_maintenance_failures_total{reconciler=\"removal\"}";
    eventually("two rounds to have failed", BOUND, async || {
        let metrics = app.worker(0).metrics().await;
        let failures = metrics.lines().find_map(|line| line.strip_prefix(trapped)?.trim().parse::<u32>().ok());
        failures.filter(|failures| *failures >= 2)
    })
    .await;
    let attached = "select count(*) from pg_inherits where inhrelid = to_regclass($1)";
    assert_eq!(sql.query_one(attached, &[&requests]).await.unwrap().get::<_, i64>(0), 0, "it is detached");
    assert!(tables(&sql, &digits).await.contains(&requests), "it was dropped before its objects were gone");

    std::fs::remove_file(&trap).unwrap();
    eventually("the partition to be dropped", BOUND, async || tables(&sql, &digits).await.is_empty().then_some(()))
        .await;
    assert!(!folder(&app, job).exists());
    app.finish().await;
}

#[tokio::test]
async fn a_job_whose_record_is_over_is_unknown() {
    let app = start("a_job_whose_record_is_over_is_unknown", 1).await;
    let job = app.client().submit(&text_job("x")).await;
    app.client().wait_until(job, Status::Completed, BOUND).await;
    let sql = app.database().connect().await;
    let old = calendar::id_made(&app.database().store(), 130);
    outlive(&sql, job, 1).await;
    calendar::rename(&sql, job, old).await;
    let shown = app.client().retrieve(old, true).await;
    assert_eq!((shown.code, shown.status()), (200, Status::Expired), "its request may still be asked for again");
    outlive(&sql, old, 120).await;
    eventually("the record to be gone", BOUND, async || {
        let shown = app.client().retrieve(old, true).await;
        assert!(shown.code == 404 || shown.status() == Status::Expired, "{} {}", shown.code, shown.body);
        (shown.code == 404).then_some(())
    })
    .await;
    assert_eq!(app.client().status(old).await.code, 404);
    app.finish().await;
}

#[tokio::test]
async fn an_api_without_workers_makes_its_partitions() {
    let mut app = start("an_api_without_workers_makes_its_partitions", 0).await;
    let sql = app.database().connect().await;
    let last = "select right(max(relname), 8) from pg_class where relname ~ '^job_payloads_[0-9]{8}$'";
    let digits: String = sql.query_one(last, &[]).await.unwrap().get(0);
    let dropped = format!("drop table job_payloads_{digits}, job_results_{digits}, job_extractions_{digits}");
    sql.batch_execute(&dropped).await.unwrap();
    eventually("the last day to be made again", BOUND, async || (tables(&sql, &digits).await.len() == 3).then_some(()))
        .await;
    // Seven days of data, and seven to spare.
    let days = "quire_partitions_ahead{table=\"job_payloads\"} 7";
    eventually("the api to tell how many there are", BOUND, async || {
        app.api().metrics().await.lines().any(|line| line == days).then_some(())
    })
    .await;
    let ahead: Vec<String> = app
        .api()
        .metrics()
        .await
        .lines()
        .filter(|line| line.contains("partitions_ahead{"))
        .map(str::to_owned)
        .collect();
    assert_eq!(ahead.len(), 8, "{ahead:?}");
    assert!(ahead.iter().any(|line| line == "quire_partitions_ahead{table=\"jobs\"} 2"), "{ahead:?}");
    report(format_args!("partitions ahead: {}", ahead.join(", ")));
    app.finish().await;
}
