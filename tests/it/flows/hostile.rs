use std::time::Duration;

use shared::domain::Status;
use tests::app::App;
use tests::documents::{fixture_job, text_job};

const BOUND: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_hostile_document_fails_by_name_and_its_neighbours_do_not_notice() {
    let app = App::builder("a_hostile_document_fails_by_name")
        .worker_env("QUIRE_ENGINE_TIMEOUT_MS", "4000")
        .worker_env("QUIRE_ENGINE_MEMORY_BYTES", "268435456")
        .worker_env("QUIRE_ENGINE_PROCESSES", "3")
        .worker_env("QUIRE_WORKER_SLOTS", "batch=6")
        .start()
        .await;
    let client = app.client();
    let endless = client.submit(&fixture_job("loop.pdf")).await;
    let greedy = client.submit(&fixture_job("bomb.pdf")).await;
    let mut neighbours = Vec::new();
    for number in 0..20 {
        neighbours.push(client.submit(&text_job(&format!("neighbour {number}"))).await);
    }
    for neighbour in neighbours {
        let job = client.wait_until(neighbour, Status::Completed, BOUND).await;
        assert_eq!(job["attempt_count"], 1, "a neighbour was disturbed: {job}");
    }
    for (job, limit) in [(endless, "time"), (greedy, "memory")] {
        let job = client.wait_until(job, Status::Failed, BOUND).await;
        assert_eq!(job["error"]["code"], "document_limit_exceeded", "{job}");
        assert_eq!(job["error"]["details"]["limit"], limit, "{job}");
        assert!(job["error"]["message"].as_str().unwrap().contains("QUIRE_ENGINE_"), "{job}");
        assert_eq!(job["attempt_count"], 1, "tried again although it would fail again: {job}");
    }
    // The places of the killed children are filled again.
    let after = client.submit(&fixture_job("report.pdf")).await;
    client.wait_until(after, Status::Completed, BOUND).await;
    app.finish().await;
}
