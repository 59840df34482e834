use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use shared::domain::Status;
use tests::app::App;
use tests::documents::fixture_job;

use super::{BOUND, child};
use crate::flows::slow;

fn kill_hard(pid: i32) {
    kill(Pid::from_raw(pid), Signal::SIGKILL).expect("a running process takes a signal");
}

async fn app(name: &str) -> App {
    App::builder(name).worker_env("QUIRE_ENGINE_PROCESSES", "1").worker_env("QUIRE_RETRY_BASE_MS", "100").start().await
}

#[tokio::test]
async fn a_killed_child_costs_one_attempt_and_the_next_completes() {
    let mut app = app("a_killed_child_costs_one_attempt").await;
    let body = slow::job_of(&app, Duration::from_secs(3)).await;
    let id = app.client().submit(&body).await;
    app.client().wait_until(id, Status::InProgress, BOUND).await;
    kill_hard(child(&mut app, &[]).await);
    let job = app.client().wait_until(id, Status::Completed, BOUND).await;
    assert_eq!((job["attempt_count"].as_i64(), job["last_failure_code"].as_str()), (Some(2), Some("engine_crashed")));
    app.finish().await;
}

#[tokio::test]
async fn a_document_whose_child_is_killed_every_time_fails_by_name_after_two_attempts() {
    let mut app = app("a_document_whose_child_is_killed_every_time").await;
    let id = app.client().submit(&fixture_job("loop.pdf")).await;
    let first = child(&mut app, &[]).await;
    kill_hard(first);
    kill_hard(child(&mut app, &[first]).await);
    let job = app.client().wait_until(id, Status::Failed, BOUND).await;
    assert_eq!(job["error"]["code"], "document_limit_exceeded", "{job}");
    assert_eq!(job["error"]["details"]["limit"], "memory", "{job}");
    assert_eq!(job["attempt_count"], 2, "{job}");
    let sql = app.database().connect().await;
    let crashes: i32 = sql.query_one("select crash_count from jobs where id = $1", &[&id.uuid()]).await.unwrap().get(0);
    assert_eq!(crashes, 0, "a child's death is not its worker's");
    app.finish().await;
}
