use serde_json::Value;
use shared::domain::Status;
use tests::app::App;
use tests::eventually;

use super::{BOUND, slow_pages};

#[tokio::test]
async fn a_client_sees_how_far_its_document_is() {
    const PAGES: usize = 1_000;
    let app = App::builder("a_client_sees_how_far_its_document_is").start().await;
    let client = app.client();
    let id = client.submit(&slow_pages(PAGES, 20)).await;
    assert_eq!(client.status(id).await.body["progress"], Value::Null);
    let seen = async |after: u64| {
        eventually("progress", BOUND, async || {
            let job = client.status(id).await.body;
            assert!(job["status"] != "failed", "{job}");
            let done = job["progress"]["done"].as_u64()?;
            (done > after).then_some(job)
        })
        .await
    };
    let first = seen(0).await;
    assert_eq!((&first["status"], &first["progress"]["stage"]), (&"in_progress".into(), &"reading".into()), "{first}");
    assert_eq!(first["progress"]["total"], PAGES, "{first}");
    let second = seen(first["progress"]["done"].as_u64().unwrap()).await;
    let listed = client.get(&format!("/v1/jobs?id={id}")).await.body;
    assert!(listed["data"][0]["progress"]["done"].as_u64() >= second["progress"]["done"].as_u64(), "{listed}");

    client.cancel(id).await;
    let job = client.wait_until(id, Status::Cancelled, BOUND).await;
    assert_eq!(job["progress"], Value::Null, "progress outlived its attempt: {job}");
    app.finish().await;
}
