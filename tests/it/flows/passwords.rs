//! Passwords of documents: kept encrypted, shown as null, used in clear.

use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use shared::domain::Status;
use shared::payload;
use shared::store::jobs::Include;
use tests::app::App;
use tests::client::{Answer, parse_job};
use tests::documents::{data_url, text_job};
use tests::eventually;
use tests::objects::Objects;
use tests::telemetry::Receiver;
use tests::upstream::Upstream;

const BOUND: Duration = Duration::from_secs(60);
/// One that is found again wherever it goes: with a letter that JSON escapes, and one that UTF-8 writes as two bytes.
const PASSWORD: &str = "p4ss-unmistakable-\"\u{e9}";
/// Letters of it that every spelling has.
const TRACE: &str = "p4ss-unmistakable-";

/// Opened by the password `harbour`.
const SEALED: &[u8] = include_bytes!("../../../worker/documents/src/tests/fixtures/aes_256.pdf");

/// A list of one key.
fn key(byte: u8) -> String {
    STANDARD.encode([byte; 32])
}

fn with_password(mut body: Value, password: &Value) -> Value {
    body["request"]["document"]["password"] = password.clone();
    body
}

/// Every file under a folder.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(std::fs::read(path).unwrap()) }
    }
    found
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

/// The rows of every table that hold this text, be it in bytes.
async fn rows_with(app: &App, text: &str) -> Vec<String> {
    let sql = app.database().connect().await;
    let tables = "select format('%I.%I', schemaname, relname) from pg_stat_user_tables order by 1";
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut found = Vec::new();
    for table in sql.query(tables, &[]).await.unwrap() {
        let table: String = table.get(0);
        let count = format!("select count(*) from {table} t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0");
        let count: i64 = sql.query_one(&count, &[&text, &hex]).await.unwrap().get(0);
        if count > 0 {
            found.push(format!("{table}: {count}"));
        }
    }
    found
}

/// The text of a request as it is kept, decompressed.
async fn stored(app: &App, objects: &Objects, job: &Value) -> String {
    let (id, organization) = (job["id"].as_str().unwrap(), job["organization_id"].as_str().unwrap());
    let include = Include { request: true, response: false };
    let found = app.database().store().find_job(organization.parse().unwrap(), id.parse().unwrap(), include).await;
    let body = found.unwrap().unwrap().request.unwrap();
    let (text, _) = payload::read_text(&objects.blob(), body).await.unwrap();
    String::from_utf8(text.to_vec()).unwrap()
}

/// The answer shows the request, with nothing but its password missing.
fn assert_hides(which: &str, answer: &Answer, request: &Value) {
    assert!(!holds(&answer.bytes, TRACE), "{which} shows the password");
    let shown = if which == "list" { &answer.body["data"][0]["request"] } else { &answer.body["request"] };
    let mut expected = request.clone();
    expected["document"]["password"] = Value::Null;
    assert_eq!(shown, &expected, "{which}");
}

#[tokio::test]
async fn a_password_is_nowhere_in_clear_and_shown_as_null() {
    let (objects, receiver) = (Objects::local(), Receiver::start().await);
    let mut app = App::builder("a_password_is_nowhere_in_clear_and_shown_as_null")
        .objects(&objects)
        .env("QUIRE_SECRETS_KEY", &key(1))
        .env("QUIRE_ARTIFACT_MIN_BYTES", "1024")
        .env("QUIRE_INLINE_MAX_BYTES", "4096")
        .env("QUIRE_LOG", "debug,hyper=info,h2=info")
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url())
        .start()
        .await;
    let noise = |bytes: usize| STANDARD.encode((0..bytes).map(|_| rand::random()).collect::<Vec<u8>>());
    let small = text_job("small");
    // A text that is kept in the object store, beside a file that is.
    let mut large = text_job(&"file ".repeat(1000));
    large["request"]["note"] = noise(20_000).into();
    for (which, body) in [("small", small), ("large", large)] {
        let body = with_password(body, &json!(PASSWORD));
        let request = &body["request"];
        let created = app.client().create_once(which, &body).await;
        assert_hides("create", &created, request);
        let job = app.client().wait_until(created.id(), Status::Completed, BOUND).await;
        assert_hides("retrieve", &app.client().retrieve(created.id(), true).await, request);
        assert_hides("list", &app.client().get("/v1/jobs?include_request=true").await, request);
        let replayed = app.client().create_once(which, &body).await;
        assert_eq!((replayed.accepted(), replayed.header("idempotent-replayed")), (Some(created.id()), "true"));
        assert_hides("replay", &replayed, request);
        let other = with_password(body.clone(), &json!("another"));
        assert_eq!(app.client().create_once(which, &other).await.error_code(), "idempotency_key_reused");
        let text = stored(&app, &objects, &job).await;
        assert!(text.contains(r#""password":"enc:v1:"#) && !text.contains(TRACE), "{text:.300}");
    }
    let mut later = with_password(text_job("later"), &json!(PASSWORD));
    later["run_at"] = json!(std::time::UNIX_EPOCH.elapsed().unwrap().as_secs() + 3600);
    let later_id = app.client().submit(&later).await;
    assert_hides("cancel", &app.client().cancel(later_id).await, &later["request"]);

    assert_eq!(rows_with(&app, TRACE).await, [""; 0]);
    assert!(!rows_with(&app, "documents/parse").await.is_empty(), "the search finds nothing at all");
    let url = &objects.variables().iter().find(|(name, _)| name == "QUIRE_BLOB_URL").unwrap().1;
    let kept = files(Path::new(url.strip_prefix("file://").unwrap()));
    assert!(kept.len() >= 2 && !kept.iter().any(|bytes| holds(bytes, TRACE)), "{}", kept.len());
    let spans = eventually("spans of both processes", BOUND, async || {
        let spans = receiver.spans();
        let from = |service: &str| spans.iter().any(|span| span.service == service);
        (from("quire-api") && from("quire-worker")).then_some(spans)
    })
    .await;
    assert!(!spans.iter().any(|span| span.told.contains(TRACE)));
    assert!(spans.iter().any(|span| span.told.contains(&later_id.to_string()[..4])), "the spans tell nothing at all");
    let log = app.worker(0).process.log();
    assert!(!log.is_empty() && !log.contains(TRACE), "the worker's log");
    let log = app.api().process.log();
    assert!(!log.is_empty() && !log.contains(TRACE), "the api's log");
    app.finish().await;
}

#[tokio::test]
async fn a_password_opens_the_document_that_it_is_sent_with() {
    let app = App::builder("a_password_opens_the_document_that_it_is_sent_with")
        .env("QUIRE_SECRETS_KEY", &key(1))
        .start()
        .await;
    let sealed = parse_job("sealed.pdf", &data_url("application/pdf", SEALED));
    let told = async |body: &Value, status: Status| {
        let id = app.client().submit(body).await;
        app.client().wait_until(id, status, BOUND).await;
        app.client().retrieve(id, true).await.body
    };
    let opened = told(&with_password(sealed.clone(), &json!("harbour")), Status::Completed).await;
    assert_eq!(opened["response"]["body"]["text"], "Sealed letter", "{opened}");
    for (body, code) in [
        (sealed.clone(), "document_password_required"),
        (with_password(sealed, &json!(PASSWORD)), "document_password_wrong"),
    ] {
        let failed = told(&body, Status::Failed).await;
        assert_eq!((&failed["error"]["code"], &failed["attempt_count"]), (&json!(code), &json!(1)), "{failed}");
        assert!(!failed.to_string().contains(TRACE), "{failed}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_service_gets_the_request_with_its_passwords_in_clear() {
    let upstream = Upstream::start().await;
    let endpoint = |path: &str| {
        let url = upstream.url("/read");
        format!("[[endpoint]]\npath = \"{path}\"\nexecutor = \"http\"\n[endpoint.upstream]\nurl = \"{url}\"\n")
    };
    let app = App::builder("a_service_gets_the_request_with_its_passwords_in_clear")
        .env("QUIRE_SECRETS_KEY", &key(1))
        .env("QUIRE_ARTIFACT_MIN_BYTES", "1024")
        .endpoints(&[endpoint("/v1/schemas/generate"), endpoint("/v1/own")].concat())
        .start()
        .await;
    let file = data_url("text/plain", &"file ".repeat(1000).into_bytes());
    let request = format!(
        "{{ \"documents\" : [{{\"password\" : {password},\"filename\":\"a\",\"url\":\"{file}\"}},\n\
         {{\"filename\":\"b\",\"url\":\"{file}\",\"password\":null}}], \"n\":1.10 }}",
        password = json!(PASSWORD)
    );
    let create = async |path: &str| {
        let created = app.client().create_raw(format!("{{\"request\":{request},\"endpoint\":\"{path}\"}}")).await;
        app.client().wait_until(created.id(), Status::Completed, BOUND).await;
        created
    };
    let shown = create("/v1/schemas/generate").await;
    assert!(!holds(&shown.bytes, TRACE), "{:.300}", String::from_utf8_lossy(&shown.bytes));
    // What is no request of the contract is the operator's own, to the last letter.
    let own = create("/v1/own").await;
    assert!(holds(&own.bytes, &request), "{:.300}", String::from_utf8_lossy(&own.bytes));
    for received in upstream.received() {
        assert!(received.body == request.as_bytes(), "{:.300}", String::from_utf8_lossy(&received.body));
        assert_eq!(received.header("content-length"), request.len().to_string());
    }
    assert_eq!(upstream.count(), 2);
    app.finish().await;
}

#[tokio::test]
async fn a_worker_without_the_key_fails_for_now_and_one_with_it_among_others_completes() {
    let mut app = App::builder("a_worker_without_the_key_fails_for_now")
        .api_env("QUIRE_SECRETS_KEY", &key(1))
        .worker_env("QUIRE_RETRY_BASE_MS", "200")
        .worker_env("QUIRE_RETRY_MAX_MS", "200")
        .start()
        .await;
    let job = app.client().submit(&with_password(text_job("sealed"), &json!(PASSWORD))).await;
    let told = app.client().wait_until(job, Status::Failed, BOUND).await;
    assert_eq!(told["error"]["code"], "secret_unavailable", "{told}");
    assert!(told["error"].to_string().contains("QUIRE_SECRETS_KEY") && !told.to_string().contains(TRACE), "{told}");

    app.worker(0).process.stop(BOUND).await;
    let other = app.start_worker(&[("QUIRE_SECRETS_KEY", &key(2))]).await;
    app.client().retry(job).await;
    let told = app.client().wait_until(job, Status::Failed, BOUND).await;
    assert!(told["error"].to_string().contains("has the id"), "{told}");
    app.worker(other).process.stop(BOUND).await;
    app.start_worker(&[("QUIRE_SECRETS_KEY", &[key(2), key(1)].join(","))]).await;
    app.client().retry(job).await;
    app.client().wait_until(job, Status::Completed, BOUND).await;
    app.finish().await;
}
