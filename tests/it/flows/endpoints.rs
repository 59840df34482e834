//! An operator's endpoints: from a file, checked before they are in force, and replaced while everything runs.

use std::path::PathBuf;
use std::process::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use shared::domain::Status;
use tests::app::{App, Served};
use tests::documents::{fixture, text_job};
use tests::{eventually, report, run_program};

const BOUND: Duration = Duration::from_secs(60);
/// Enough of an environment for a command, and for a start that gets no further than its configuration.
const URLS: [(&str, &str); 2] =
    [("QUIRE_DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing"), ("QUIRE_AMQP_URL", "amqp://127.0.0.1:1/%2f")];

/// Nothing listens there.
const SUM: &str = r#"
[[endpoint]]
path = "/v1/sum"
executor = "http"
upstream.url = "http://127.0.0.1:1/?key=hidden"
[endpoint.request_schema]
type = "object"
required = ["text"]
properties.text = { type = "string", maxLength = 5, pattern = "^(a+)+$" }
properties.tags = { type = "array", items = { enum = ["x", "y"] } }
"#;
/// Three mistakes, on the lines 4, 5 and 6.
const BAD: &str = r#"
[[endpoint]]
path = "/v1/sum"
timeout = 3
lane = "hidden"
upstream.url = "hidden"
"#;

fn sum(request: &Value) -> Value {
    json!({ "endpoint": "/v1/sum", "request": request })
}

/// A counter of a process, 0 when it has not counted yet.
async fn reloads(served: &Served, result: &str) -> u64 {
    let head = format!("quire_endpoints_reload_total{{result=\"{result}\"}} ");
    let metrics = served.metrics().await;
    metrics.lines().find_map(|line| line.strip_prefix(&head)).map_or(0, |count| count.parse().unwrap())
}

async fn reloaded(app: &mut App, result: &str, count: u64) {
    let workers = 1;
    for index in 0..=workers {
        let served = if index < workers { &*app.worker(index) } else { &*app.api() };
        eventually(&format!("{count} readings to be {result}"), BOUND, async || {
            (reloads(served, result).await == count).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn an_operators_endpoint_checks_its_requests_by_its_schema() {
    let mut app = App::builder("an_operators_endpoint_checks_its_requests").workers(0).endpoints(SUM).start().await;
    let client = app.client();
    let wrong = client.create(&sum(&json!({ "text": "aab", "tags": ["x", "z"] }))).await;
    assert_eq!((wrong.code, wrong.error_code()), (422, "validation_error"), "{}", wrong.body);
    let mut broken: Vec<_> = wrong.body["detail"]["details"]["errors"].as_array().unwrap().clone();
    broken.sort_by_key(|violation| violation["path"].to_string());
    assert_eq!((&broken[0]["path"], &broken[0]["rule"]), (&json!("$.request.tags[1]"), &json!("enum")), "{broken:?}");
    assert_eq!((&broken[1]["path"], &broken[1]["rule"]), (&json!("$.request.text"), &json!("pattern")), "{broken:?}");
    let missing = client.create(&sum(&json!({}))).await;
    assert_eq!(missing.body["detail"]["details"]["errors"][0]["path"], "$.request.text", "{}", missing.body);
    // A thousand of these would take a backtracking engine until the end of the world.
    let slow = client.create(&sum(&json!({ "text": "a".repeat(5_000) + "b" }))).await;
    assert_eq!(slow.code, 422, "{}", slow.body);
    // Nothing is indexed that PostgreSQL cannot hold, and the request itself is kept as it came.
    let request = json!({ "text": "aaa", "document": { "filename": "a\u{0}b" }, "model": "m\u{0}" });
    let good = client.submit(&sum(&request)).await;
    assert_eq!(client.get(&format!("/v1/jobs/{good}?include_request=true")).await.body["request"], request);
    let listed = client.get("/v1/jobs?endpoint=/v1/sum").await.body;
    assert_eq!(listed["data"].as_array().unwrap().len(), 1, "{listed}");
    let description = client.get("/openapi.json").await.body;
    let named = &description["components"]["schemas"]["ExecutedEndpointPath"]["enum"];
    let engines = [
        "/v1/documents/classify",
        "/v1/documents/extract",
        "/v1/documents/parse",
        "/v1/documents/split",
        "/v1/documents/split/generate_config",
        "/v1/schemas/generate",
    ];
    assert_eq!(named, &json!([&engines[..], &["/v1/sum"]].concat()));
    app.leaves_unfinished();
    app.finish().await;
}

#[tokio::test]
async fn a_built_in_endpoint_that_is_routed_elsewhere_keeps_the_contracts_schema() {
    let route = |more: &str| {
        format!(
            "[[endpoint]]\npath = \"/v1/documents/parse\"\nexecutor = \"http\"\nupstream.url = \"http://127.0.0.1:1\"\n{more}"
        )
    };
    let mut app = App::builder("a_built_in_endpoint_that_is_routed_elsewhere").endpoints(&route("")).start().await;
    let body = json!({ "endpoint": "/v1/documents/parse", "request": { "pages": 3 } });
    let refused = app.client().create(&body).await;
    assert_eq!(refused.body["detail"]["details"]["errors"][0]["path"], "$.request.document", "{}", refused.body);
    app.change_endpoints(&route("request_schema.required = [\"pages\"]"));
    reloaded(&mut app, "replaced", 1).await;
    let taken = app.client().create(&body).await;
    assert_eq!(taken.code, 200, "{}", taken.body);
    app.leaves_unfinished();
    app.finish().await;
}

#[tokio::test]
async fn endpoints_are_replaced_while_requests_go_on_and_a_bad_file_changes_nothing() {
    let mut app =
        App::builder("endpoints_are_replaced_while_requests_go_on").endpoints("# nothing yet\n").start().await;
    let body = sum(&json!({ "text": "aaa" }));
    let refused = app.client().create(&body).await;
    assert_eq!(refused.body["detail"]["details"]["errors"][0]["path"], "$.endpoint", "{}", refused.body);

    let stop = Arc::new(AtomicBool::new(false));
    let going = tokio::spawn({
        let (client, stop) = (app.client().clone(), Arc::clone(&stop));
        async move {
            let mut jobs = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                jobs.push(client.submit(&text_job(&format!("number {}", jobs.len()))).await);
            }
            jobs
        }
    });
    app.change_endpoints(SUM);
    reloaded(&mut app, "replaced", 1).await;
    let taken = app.client().create(&body).await;
    assert_eq!(taken.code, 200, "{}", taken.body);
    assert!(app.api().process.log().contains("/v1/sum"), "the log does not say what was added");

    app.change_endpoints(BAD);
    reloaded(&mut app, "refused", 1).await;
    let taken = app.client().create(&body).await;
    assert_eq!(taken.code, 200, "the old endpoints do not stay: {}", taken.body);
    for log in [app.api().process.log(), app.worker(0).process.log()] {
        for told in
            ["endpoints.toml:4: ", "endpoints.toml:5: endpoint[/v1/sum].lane: ", "endpoints.toml:6: endpoint[/v1/sum]"]
        {
            assert!(log.contains(told), "{told} is not in the log");
        }
        assert!(!log.contains("hidden"), "the log repeats a value of the file");
    }

    app.change_endpoints("");
    reloaded(&mut app, "replaced", 2).await;
    assert_eq!(app.client().create(&body).await.code, 422);
    stop.store(true, Ordering::Relaxed);
    let jobs = going.await.unwrap();
    report(format_args!("{} jobs were created while endpoints were replaced", jobs.len()));
    for job in jobs {
        app.client().wait_until(job, Status::Completed, BOUND).await;
    }
    app.leaves_unfinished();
    app.finish().await;
}

#[tokio::test]
async fn without_a_file_a_hangup_changes_nothing_and_ends_nothing() {
    let mut app = App::builder("without_a_file_a_hangup_changes_nothing").start().await;
    app.api().process.hang_up();
    app.worker(0).process.hang_up();
    for what in ["api", "worker"] {
        let process = if what == "api" { &app.api().process } else { &app.worker(0).process };
        eventually(&format!("the {what} to say that it has no file"), BOUND, async || {
            process.log().contains("there is no file of endpoints").then_some(())
        })
        .await;
    }
    let job = app.client().submit(&text_job("after the hangup")).await;
    app.client().wait_until(job, Status::Completed, BOUND).await;
    app.finish().await;
}

/// A folder of a test's own, with the files that the examples name.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("quire-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("private-ca.pem"), fixture("ca.pem")).unwrap();
    folder
}

/// Runs `quire-api endpoints check` on this text.
pub(crate) async fn check(name: &str, toml: &str, variables: &[(&str, &str)], more: &[&str]) -> Output {
    let folder = folder(name);
    let file = folder.join("endpoints.toml");
    std::fs::write(&file, toml).unwrap();
    let arguments = [&["endpoints", "check", file.to_str().unwrap()], more].concat();
    let output = run_program("quire-api", variables, &arguments, BOUND).await;
    std::fs::remove_dir_all(folder).unwrap();
    output
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[tokio::test]
async fn a_file_is_checked_before_it_is_in_force() {
    let good = check("good", SUM, &[], &[]).await;
    assert_eq!(good.status.code(), Some(0), "{}", said(&good));
    let row = said(&good).lines().find(|line| line.starts_with("/v1/sum ")).unwrap().to_owned();
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(cells, ["/v1/sum", "http", "batch", "600000", "5", "-", "-", "yes", "http://127.0.0.1:1"]);
    assert!(!said(&good).contains("hidden"));
    let good: Value = serde_json::from_str(&said(&check("good-json", SUM, &[], &["--json"]).await)).unwrap();
    assert_eq!(good.as_array().unwrap().iter().filter(|row| row["upstream"] == "http://127.0.0.1:1").count(), 1);

    let bad = check("bad", BAD, &[], &[]).await;
    assert_eq!((bad.status.code(), said(&bad).lines().count()), (Some(2), 4), "{}", said(&bad));
    assert!(
        said(&bad).contains(
            "endpoints.toml:4: endpoint[/v1/sum]: has an unknown key of 7 characters: did you mean timeout_ms?"
        )
    );
    let bad = check("bad-json", BAD, &[], &["--json"]).await;
    assert_eq!(bad.status.code(), Some(2));
    let told: Value = serde_json::from_str(&said(&bad)).unwrap();
    let lines: Vec<_> = told["mistakes"].as_array().unwrap().iter().map(|mistake| mistake["line"].clone()).collect();
    assert!([4, 5, 6].into_iter().all(|line| lines.contains(&json!(line))), "{told}");

    // What only a compiler of schemas sees.
    let pattern = SUM.replace("^(a+)+$", "(?=a)");
    let bad = check("pattern", &pattern, &[], &[]).await;
    assert_eq!(bad.status.code(), Some(2));
    assert!(said(&bad).contains("endpoint[/v1/sum].request_schema: is not a JSON Schema: "), "{}", said(&bad));
}

#[tokio::test]
async fn a_start_with_a_bad_file_ends_with_every_mistake() {
    let folder = folder("start");
    let file = folder.join("endpoints.toml");
    std::fs::write(&file, BAD).unwrap();
    let blobs = format!("file://{}", folder.display());
    let files = [("QUIRE_ENDPOINTS_FILE", file.to_str().unwrap()), ("QUIRE_BLOB_URL", &blobs)];
    for program in ["quire-api", "quire-worker"] {
        let output = run_program(program, &[&URLS[..], &files].concat(), &["serve"], BOUND).await;
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{program}: {told}");
        for line in [4, 5, 6] {
            let told_line = told.lines().any(|told| told.contains(&format!("endpoints.toml:{line}: ")));
            assert!(told_line, "{program} does not tell of line {line}: {told}");
        }
        assert!(!told.contains("hidden"), "{program}: {told}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
