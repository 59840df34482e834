use serde_json::json;
use shared::domain::Status;
use tests::app::App;
use tests::documents::data_url;
use tests::report;
use tests::upstream::{Reply, Upstream};

use super::{BOUND, Endpoint, file, run};

const MIB: u64 = 1024 * 1024;
const CAP: u64 = 8 * MIB;

/// Ten gigabytes that are announced are refused by their announcement; what is not announced, at the cap.
#[tokio::test]
async fn an_answer_of_ten_gigabytes_is_refused_and_memory_does_not_grow() {
    let upstream = Upstream::start().await;
    let endpoint = Endpoint::new("/v1/large", &upstream.url("/")).upstream(&format!("response_max_bytes = {CAP}"));
    let mut app = App::builder("an_answer_of_ten_gigabytes_is_refused").endpoints(&file(&[endpoint])).start().await;
    let fits = format!("[{}1]", "1,".repeat((CAP / 2 - 2) as usize));
    assert_eq!(fits.len() as u64, CAP - 1);
    // The most that may be kept has been held once.
    upstream.then(Reply::of(200).body(fits));
    run(&app, "/v1/large", Status::Completed).await;
    let before = app.worker(0).process.peak_memory();

    let block = vec![b'1'; 64 * 1024];
    upstream.then(Reply::of(200).body(block.clone()).claiming(10_000_000_000).then_hang());
    upstream.then(Reply::of(200).body(block.clone()).endless());
    for said in ["has 10000000000 bytes", "does not end there"] {
        let job = run(&app, "/v1/large", Status::Failed).await;
        assert_eq!((&job["attempt_count"], &job["error"]["code"]), (&json!(1), &json!("upstream_response_too_large")));
        assert!(job["error"]["message"].as_str().unwrap().contains(said), "{job}");
        assert_eq!(job["error"]["details"]["max_bytes"], CAP);
    }
    let peak = app.worker(0).process.peak_memory();
    let received = upstream.received();
    assert!(received[1].abandoned && received[2].abandoned, "{:?}", &received[1..]);
    // What the system had taken from the endless one when the connection was dropped: the cap and buffers.
    let sent = received[2].sent;
    report(format_args!(
        "a cap of {} MiB: the worker had {} MiB at most before the two answers of 10 GB and without end, {} MiB after; {} MiB of the latter were sent",
        CAP / MIB,
        before / MIB,
        peak / MIB,
        sent / MIB,
    ));
    assert!((CAP..8 * CAP).contains(&sent), "{sent}");
    assert!(peak < before + 4 * CAP, "{before} {peak}");
    app.finish().await;
}

/// Its file is held decoded, and put into the text again while it is sent.
#[tokio::test]
async fn a_large_request_is_never_held_whole() {
    let upstream = Upstream::start().await;
    let mut app = App::builder("a_large_request_is_never_held_whole")
        .endpoints(&file(&[Endpoint::new("/v1/read", &upstream.url("/"))]))
        .start()
        .await;
    run(&app, "/v1/read", Status::Completed).await;
    let before = app.worker(0).process.peak_memory();
    let mut noise = vec![0_u8; 48 * 1024 * 1024];
    rand::fill(&mut noise[..]);
    let request = format!("{{\"file\":\"{}\"}}", data_url("x/noise", &noise));
    let created = app.client().create_raw(format!("{{\"endpoint\":\"/v1/read\",\"request\":{request}}}")).await;
    app.client().wait_until(created.id(), Status::Completed, BOUND).await;
    assert!(upstream.received()[1].body == request.as_bytes(), "the request has not arrived byte for byte");
    let grown = app.worker(0).process.peak_memory() - before;
    let whole = request.len() as u64;
    report(format_args!("a request of {} MiB: the worker grew by {} MiB while it sent it", whole / MIB, grown / MIB));
    assert!(grown < whole, "{grown} {whole}");
    app.finish().await;
}

#[tokio::test]
async fn an_answer_that_could_not_be_stored_is_refused_too() {
    let upstream = Upstream::start().await;
    let app = App::builder("an_answer_that_could_not_be_stored_is_refused_too")
        .env("QUIRE_PAYLOAD_MAX_BYTES", "100000")
        .env("QUIRE_API_BODY_MAX_BYTES", "50000")
        .endpoints(&file(&[Endpoint::new("/v1/large", &upstream.url("/"))]))
        .start()
        .await;
    // The first by its length, the second by what it takes as JSON.
    upstream.then(Reply::of(200).body(vec![b'a'; 100_001])).then(Reply::of(200).body(vec![1; 20_000]));
    for _ in 0..2 {
        let job = run(&app, "/v1/large", Status::Failed).await;
        assert_eq!((&job["attempt_count"], &job["error"]["code"]), (&json!(1), &json!("upstream_response_too_large")));
    }
    app.finish().await;
}

#[tokio::test]
async fn a_request_that_is_too_large_is_refused_before_anything_is_sent() {
    let upstream = Upstream::start().await;
    let endpoint = Endpoint::new("/v1/small", &upstream.url("/")).upstream("request_max_bytes = 5");
    let app = App::builder("a_request_that_is_too_large_is_refused").endpoints(&file(&[endpoint])).start().await;
    let job = run(&app, "/v1/small", Status::Failed).await;
    assert_eq!((&job["attempt_count"], &job["error"]["code"]), (&json!(1), &json!("upstream_request_too_large")));
    assert_eq!(job["error"]["details"]["max_bytes"], 5);
    assert_eq!(upstream.connections(), 0);
    app.finish().await;
}
