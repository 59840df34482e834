use std::time::Duration;

use shared::domain::Status;
use tests::app::App;
use tests::documents::text_job;
use tests::eventually;

const BOUND: Duration = Duration::from_secs(60);
/// As many as the broker takes of an organization while there is no worker.
const JOBS: usize = 4;

/// A database that is older than the broker: its rows name messages that were delivered long ago, and messages lie in the
/// lanes whose jobs it has never seen.
#[tokio::test]
async fn a_restored_database_and_a_broker_of_another_time_are_brought_together_by_one_command() {
    let mut app = App::builder("a_restored_database_and_a_broker_of_another_time").workers(0).start().await;
    let sql = app.database().connect().await;
    let mut lost = Vec::new();
    for number in 0..JOBS {
        lost.push(app.client().submit(&text_job(&format!("lost {number}"))).await);
    }
    let published = async || -> i64 {
        sql.query_one("select count(*) from outbox where published_at is not null", &[]).await.unwrap().get(0)
    };
    eventually("every message to be noted", BOUND, async || {
        (usize::try_from(published().await) == Ok(JOBS)).then_some(())
    })
    .await;
    // The backup knew nothing of the last one, and the messages of all others are gone since.
    let unknown = lost.split_off(JOBS - 1);
    let ids: Vec<_> = unknown.iter().map(|job| job.uuid()).collect();
    for table in ["outbox", "jobs", "job_records", "job_payloads"] {
        let key = if table == "outbox" { "job_id" } else { "id" };
        sql.execute(&format!("delete from {table} where {key} = any($1)"), &[&ids]).await.unwrap();
    }

    let answer = app.command(&["restored"]).await;
    let words = String::from_utf8_lossy(&answer.stdout).into_owned();
    assert!(answer.status.success(), "{words} {}", String::from_utf8_lossy(&answer.stderr));
    assert_eq!(words.trim(), "dropped 4 messages; 3 queued jobs are published again by the relay");
    assert_eq!(published().await, 0);

    app.start_worker(&[]).await;
    for job in lost {
        app.client().wait_until(job, Status::Completed, BOUND).await;
    }
    // Told again when all is well, it does no harm.
    let job = app.client().submit(&text_job("after")).await;
    assert!(app.command(&["restored"]).await.status.success());
    app.client().wait_until(job, Status::Completed, BOUND).await;
    app.finish().await;
}
