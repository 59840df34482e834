use std::time::Duration;

use serde_json::{Value, json};
use shared::domain::Status;
use tests::app::App;
use tests::documents::text_job;

use super::{ids, list, pairs};

const DONE_BOUND: Duration = Duration::from_secs(60);

fn items(body: &Value) -> &[Value] {
    body["data"].as_array().unwrap()
}

#[tokio::test]
async fn jobs_come_light_and_with_their_payloads_when_asked_for() {
    let app = App::builder("jobs_come_light_and_with_their_payloads").start().await;
    let client = app.client();
    let mut submitted = Vec::new();
    for number in 0..5 {
        let mut body = text_job(&format!("Text {number}"));
        body["metadata"] = json!({ "number": number.to_string(), "workflow_id": "w", "node_id": "n" });
        let id = client.submit(&body).await;
        client.wait_until(id, Status::Completed, DONE_BOUND).await;
        submitted.push((id.to_string(), body));
    }
    submitted.reverse();
    let light = list(client, &[]).await;
    assert_eq!(ids(&light), submitted.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>());
    for job in items(&light.body) {
        assert!(job["request"].is_null() && job["response"].is_null(), "{job}");
        let alone = client.get(&format!("/v1/jobs/{}", job["id"].as_str().unwrap())).await;
        assert_eq!(job, &alone.body, "an item is the job as it is retrieved");
    }
    let full = list(client, &pairs(&[("include_request", "1"), ("include_response", "true")])).await;
    for (job, (_, body)) in items(&full.body).iter().zip(&submitted) {
        assert_eq!(job["request"], body["request"]);
        assert_eq!(job["response"]["status_code"], 200, "{job}");
        assert_eq!(job["metadata"], body["metadata"]);
    }
    let some = list(client, &pairs(&[("include_request", "true"), ("limit", "2")])).await;
    assert_eq!(ids(&some).len(), 2);
    assert!(items(&some.body).iter().all(|job| job["request"].is_object() && job["response"].is_null()));
    for (name, value) in
        [("workflow_node_id", "n"), ("workflow_block_id", "n"), ("workflow_id", "w"), ("source", "workflow")]
    {
        assert_eq!(ids(&list(client, &pairs(&[(name, value)])).await).len(), 5, "{name}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_page_that_no_answer_could_hold_names_the_limit() {
    let mut app = App::builder("a_page_that_no_answer_could_hold")
        .workers(0)
        .api_env("QUIRE_API_BODIES_MAX_BYTES", "65536")
        .start()
        .await;
    app.leaves_unfinished();
    let client = app.client();
    for _ in 0..3 {
        client.submit(&text_job(&"x".repeat(20_000))).await;
    }
    let page = async |limit| list(client, &pairs(&[("include_request", "true"), ("limit", limit)])).await;
    let answer = page("3").await;
    assert_eq!((answer.code, answer.error_code()), (422, "validation_error"), "{}", answer.body);
    let violation = &answer.body["detail"]["details"]["errors"][0];
    assert_eq!((&violation["path"], &violation["rule"]), (&json!("query.limit"), &json!("maxBytes")));
    assert_eq!(ids(&page("2").await).len(), 2);
    app.finish().await;
}

#[tokio::test]
async fn a_job_moves_from_list_to_list_with_its_status() {
    let app = App::builder("a_job_moves_from_list_to_list").workers(0).start().await;
    let client = app.client();
    let id = client.submit(&text_job("x")).await;
    let store = app.database().store();
    let organization: shared::domain::OrganizationId =
        client.retrieve(id, false).await.body["organization_id"].as_str().unwrap().parse().unwrap();
    let only = async |status: Status| {
        for listed in Status::ALL {
            let found = ids(&list(client, &pairs(&[("status", listed.as_str())])).await);
            assert_eq!(found == [id.to_string()], listed == status, "listed as {listed}, is {status}");
        }
    };
    only(Status::Queued).await;
    let seq = 1;
    let claimed = store.claim(&[crate::bed::claim_of(id, seq)], "nobody", crate::bed::LEASE).await.unwrap();
    only(Status::InProgress).await;
    store.finish(&[crate::bed::failed(claimed[0].lease)], crate::bed::finish_rules()).await.unwrap();
    only(Status::Failed).await;
    store.user_retry(organization, id, crate::bed::retry_rules(crate::bed::DAY)).await.unwrap();
    only(Status::Queued).await;
    store.cancel(organization, id).await.unwrap();
    only(Status::Cancelled).await;
    let sql = app.database().connect().await;
    let outlived = format!("update jobs set expires_at = now() - interval '1 minute' where id = '{}'", id.uuid());
    sql.batch_execute(&outlived).await.unwrap();
    only(Status::Expired).await;
    app.finish().await;
}
