use serde_json::json;
use shared::domain::Status;
use tests::app::App;
use tests::documents::data_url;
use tests::eventually;
use tests::telemetry::Receiver;
use tests::upstream::{Reply, Upstream};

use super::{BOUND, Endpoint, file, job};

/// Spaces, escapes, members that are there twice, and files that Quire keeps apart: nothing of it shows.
#[tokio::test]
async fn a_request_arrives_as_the_client_wrote_it_files_included() {
    let upstream = Upstream::start().await;
    let app = App::builder("a_request_arrives_as_the_client_wrote_it")
        .env("QUIRE_ARTIFACT_MIN_BYTES", "1024")
        .endpoints(&file(&[Endpoint::new("/v1/read", &upstream.url("/read"))]))
        .start()
        .await;
    let noise = |bytes: usize| (0..bytes).map(|_| rand::random()).collect::<Vec<u8>>();
    let (large, small) = (data_url("application/pdf", &noise(1_000_001)), data_url("image/png", &noise(5_000)));
    let request = format!(
        "{{ \"n\":1.10 ,\t\"files\" :[\"{large}\", {{\"\\u0061\":\"{small}\",\"a\":\"{small}\"}}],\n \"n\": 1e2, \"e\":\"\\u0000é\" }}"
    );
    let created = app.client().create_raw(format!("{{\"request\":{request},\"endpoint\":\"/v1/read\"}}")).await;
    app.client().wait_until(created.id(), Status::Completed, BOUND).await;
    let sql = app.database().connect().await;
    let files = "select json_array_length(artifacts) from job_payloads";
    let row = sql.query_one(files, &[]).await.unwrap();
    assert_eq!(row.get::<_, i32>(0), 3, "the files are not kept apart, so this test shows nothing");
    let received = &upstream.received()[0];
    assert!(received.body == request.as_bytes(), "{:.2000}", String::from_utf8_lossy(&received.body));
    assert_eq!(received.header("content-length"), request.len().to_string());
    app.finish().await;
}

#[tokio::test]
async fn each_attempt_says_which_it_is_under_one_key_until_a_client_asks_again() {
    let upstream = Upstream::start().await;
    let endpoint = Endpoint::new("/v1/sum", &upstream.url("/sum")).header("accept = \"text/plain\"");
    let app = App::builder("each_attempt_says_which_it_is").endpoints(&file(&[endpoint])).start().await;
    let client = app.client();
    upstream.then(Reply::of(500)).then(Reply::of(400));
    let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let create = client.request(reqwest::Method::POST, "/v1/jobs").header("traceparent", traceparent);
    let id = client.send(create.json(&job("/v1/sum"))).await.id();
    client.wait_until(id, Status::Failed, BOUND).await;
    assert_eq!(client.retry(id).await.accepted(), Some(id));
    client.wait_until(id, Status::Completed, BOUND).await;

    let received = upstream.received();
    let all = |name: &str| received.iter().map(|request| request.header(name).to_owned()).collect::<Vec<_>>();
    let keys = all("idempotency-key");
    assert!(keys[0] == keys[1] && keys[1] != keys[2], "{keys:?}");
    assert!(keys.iter().all(|key| key.starts_with(&format!("{id}."))), "{keys:?}");
    assert_eq!(all("quire-attempt"), ["1", "2", "3"]);
    assert_eq!(all("quire-job-id"), [id.to_string(), id.to_string(), id.to_string()]);
    assert_eq!(all("content-type"), ["application/json"; 3]);
    assert_eq!(all("accept"), ["text/plain"; 3]);
    assert_eq!(all("accept-encoding"), ["identity"; 3]);
    // No traces are exported here: the client's own goes on.
    assert_eq!(all("traceparent"), [traceparent; 3]);
    assert!(all("user-agent").iter().all(|agent| agent.starts_with("quire/")), "{received:?}");
    assert!(received.iter().all(|request| request.header("cookie").is_empty()), "{received:?}");
    app.finish().await;
}

#[tokio::test]
async fn the_upstream_continues_the_trace_of_the_attempt() {
    let receiver = Receiver::start().await;
    let upstream = Upstream::start().await;
    let app = App::builder("the_upstream_continues_the_trace")
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url())
        .endpoints(&file(&[Endpoint::new("/v1/sum", &upstream.url("/sum"))]))
        .start()
        .await;
    let trace_id = format!("{:032x}", rand::random::<u128>());
    let create = app.client().request(reqwest::Method::POST, "/v1/jobs");
    let create = create.header("traceparent", format!("00-{trace_id}-00f067aa0ba902b7-01"));
    let id = app.client().send(create.json(&job("/v1/sum"))).await.id();
    app.client().wait_until(id, Status::Completed, BOUND).await;
    let seen = upstream.received()[0].header("traceparent").to_owned();
    assert_eq!(&seen[3..35], trace_id);
    let spans = eventually("the span of the request", BOUND, async || {
        let spans: Vec<_> = receiver.spans().into_iter().filter(|span| span.trace_id == trace_id).collect();
        spans.iter().any(|span| span.name == "POST").then_some(spans)
    })
    .await;
    let post = spans.iter().find(|span| span.name == "POST").unwrap();
    assert_eq!(post.span_id, seen[36..52]);
    let parent = eventually("the span of the attempt", BOUND, async || {
        receiver.spans().into_iter().find(|span| span.span_id == post.parent_span_id)
    })
    .await;
    assert!(parent.name.starts_with("process jobs."), "{parent:?}");
    app.finish().await;
}

/// In a header and in the URL's query: neither shows in a log, however much is logged, nor in what is told of failures.
#[tokio::test]
async fn no_secret_of_an_endpoint_is_told_anywhere() {
    const SECRET: &str = "sesame-7f3a";
    let upstream = Upstream::start().await;
    let endpoint = Endpoint::new("/v1/sum", &upstream.url("/sum?key=${SUM_KEY}"))
        .retry("attempts = 9")
        .header("authorization = \"Bearer ${SUM_KEY}\"");
    let app = App::builder("no_secret_of_an_endpoint_is_told_anywhere")
        .env("SUM_KEY", SECRET)
        .env("QUIRE_LOG", "debug,reqwest=trace,hyper=trace,hyper_util=trace")
        .endpoints(&file(&[endpoint]))
        .start()
        .await;
    upstream.then(Reply::of(500)).then(Reply::close());
    upstream.then(Reply::of(200).body("begun").claiming(1_000).then_close());
    upstream.then(Reply::of(307).header("location", "/elsewhere"));
    let client = app.client();
    let id = client.submit(&job("/v1/sum")).await;
    let failed = client.wait_until(id, Status::Failed, BOUND).await;
    let received = upstream.received();
    assert_eq!(received.len(), 4);
    assert!(received.iter().all(|request| request.header("authorization") == format!("Bearer {SECRET}")));
    assert!(received.iter().all(|request| request.target == format!("/sum?key={SECRET}")));
    upstream.refuse().await;
    let id = client.submit(&job("/v1/sum")).await;
    eventually("an attempt that finds nobody", BOUND, async || {
        (client.status(id).await.body["last_failure_code"] == json!("upstream_unavailable")).then_some(())
    })
    .await;
    upstream.resume().await;
    client.wait_until(id, Status::Completed, BOUND).await;

    assert!(!failed.to_string().contains(SECRET), "{failed}");
    let sql = app.database().connect().await;
    let told = "select coalesce(string_agg(concat(code, message, details), ' '), '') from job_attempts";
    let told: String = sql.query_one(told, &[]).await.unwrap().get(0);
    assert!(told.contains("upstream_unavailable") && !told.contains(SECRET), "{told}");
    let folder = app.objects().parent().unwrap().to_owned();
    app.finish().await;
    let mut logs = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "log") {
            let log = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            assert!(!log.contains(SECRET), "{}", path.display());
            logs += 1;
        }
    }
    assert_eq!(logs, 2, "the api's and the worker's");
}
