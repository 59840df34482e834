use std::path::Path;
use std::time::Duration;

use shared::domain::{JobId, Status};
use tests::app::App;
use tests::documents::text_job;
use tests::{eventually, report};

use crate::calendar;

const BOUND: Duration = Duration::from_secs(30);
const MINUTE_MILLIS: u64 = 60_000;
/// More than several rounds can look at.
const ORPHANS: usize = 60;

fn put(objects: &Path, path: &str) {
    let file = objects.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, "x").unwrap();
}

#[tokio::test]
async fn objects_of_no_job_go_when_they_are_old_and_nothing_else_does() {
    let mut app = App::builder("objects_of_no_job_go_when_they_are_old")
        .env("QUIRE_INLINE_MAX_BYTES", "1024")
        .worker_env("QUIRE_SWEEP_INTERVAL_MS", "50")
        .worker_env("QUIRE_SWEEP_BATCH", "7")
        .start()
        .await;
    let sql = app.database().connect().await;
    let objects = app.objects();
    let now = app.client().submit(&text_job("clock")).await;
    app.client().wait_until(now, Status::Completed, BOUND).await;
    let made = |minutes_ago: u64| JobId::generate(now.unix_millis() - minutes_ago * MINUTE_MILLIS);

    // A job that is old and there, two prefixes that are young, and what is not ours at all.
    let (old, young, almost) = (made(120), made(1), made(58));
    calendar::rename(&sql, now, old).await;
    let kept = [
        format!("jobs/{old}/request.json.zst"),
        format!("jobs/{young}/request.json.zst"),
        format!("jobs/{almost}/files/0"),
        "jobs/notes/readme".to_owned(),
        "jobs/readme".to_owned(),
        "backups/monday".to_owned(),
        format!("backups/{}/request.json.zst", made(600)),
    ];
    for path in &kept {
        put(&objects, path);
    }
    let orphans: Vec<JobId> = (0..ORPHANS).map(|n| made(62 + n as u64)).collect();
    for orphan in &orphans {
        put(&objects, &format!("jobs/{orphan}/request.json.zst"));
        put(&objects, &format!("jobs/{orphan}/files/0"));
    }
    let left = || orphans.iter().filter(|orphan| objects.join("jobs").join(orphan.to_string()).exists()).count();
    eventually("the orphans to be gone", BOUND, async || (left() == 0).then_some(())).await;

    // Whole walks over what is left: it is still left.
    let rounds = async |app: &mut App| -> u32 {
        let metrics = app.worker(0).metrics().await;
        let count = "quire_maintenance_seconds_count{reconciler=\"sweep\"} ";
        metrics.lines().find_map(|line| line.strip_prefix(count)?.parse().ok()).unwrap_or_default()
    };
    let before = rounds(&mut app).await;
    eventually("more rounds", BOUND, async || (rounds(&mut app).await >= before + 10).then_some(())).await;
    for path in &kept {
        assert!(objects.join(path).exists(), "{path} was deleted");
    }
    let metrics = app.worker(0).metrics().await;
    let deleted = format!("quire_objects_deleted_total{{by=\"sweep\"}} {}", 2 * ORPHANS);
    assert!(metrics.lines().any(|line| line == deleted), "{metrics}");
    report(format_args!("sweep: {ORPHANS} orphaned prefixes were gone after {before} rounds of 7 objects"));
    app.finish().await;
}
