use std::time::{Duration, Instant};

use shared::domain::Status;
use tests::app::App;
use tests::{eventually, report};

use super::slow;

const BOUND: Duration = Duration::from_secs(60);
/// From the kill to the second attempt.
const RESCUE_BOUND: Duration = Duration::from_secs(5);

#[tokio::test]
async fn the_job_of_a_killed_worker_runs_again_within_five_seconds() {
    let mut app = App::builder("the_job_of_a_killed_worker_runs_again").alone().workers(2).start().await;
    let body = slow::job_of(&app, Duration::from_secs(8)).await;
    let id = app.client().submit(&body).await;
    let victim = eventually("a worker to run the job", BOUND, async || busy_worker(&mut app).await).await;
    app.worker(victim).process.kill_hard().await;
    let killed = Instant::now();

    let sql = app.database().connect().await;
    let second = "select count(*) from job_attempts where id = $1 and attempt = 2";
    eventually("the second attempt", RESCUE_BOUND, async || {
        let count: i64 = sql.query_one(second, &[&id.uuid()]).await.unwrap().get(0);
        (count == 1).then_some(())
    })
    .await;
    report(format_args!("kill -9: the second attempt started {:.1} s later", killed.elapsed().as_secs_f64()));

    let job = app.client().wait_until(id, Status::Completed, BOUND).await;
    assert_eq!(job["attempt_count"], 2, "{job}");
    let row = sql
        .query_one(
            "select j.crash_count, j.attempt_count - j.attempt_base - j.crash_count - j.released_count,
               array_agg(a.outcome order by a.attempt), count(distinct a.worker_id)
             from jobs j join job_attempts a on a.id = j.id where j.id = $1 group by j.id, j.crash_count,
               j.attempt_count, j.attempt_base, j.released_count",
            &[&id.uuid()],
        )
        .await
        .unwrap();
    assert_eq!(row.get::<_, i32>(0), 1, "crash_count");
    assert_eq!(row.get::<_, i32>(1), 1, "the attempts that the budget lost");
    assert_eq!(row.get::<_, Vec<String>>(2), ["lost", "completed"]);
    assert_eq!(row.get::<_, i64>(3), 2, "both attempts ran on the same worker");
    app.finish().await;
}

/// The worker that has something in flight, by its own word.
async fn busy_worker(app: &mut App) -> Option<usize> {
    for index in 0..2 {
        let ready = app.worker(index).readiness().await;
        if ready["in_flight"].as_u64().is_some_and(|count| count > 0) {
            return Some(index);
        }
    }
    None
}
