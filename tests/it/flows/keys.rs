use std::process::Output;
use std::time::Duration;

use serde_json::{Value, json};
use shared::domain::JobId;
use tests::app::App;
use tests::documents::text_job;
use tests::eventually;

const BOUND: Duration = Duration::from_secs(10);

pub(crate) fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap().trim().to_owned()
}

async fn listed(app: &App, arguments: &[&str]) -> Value {
    serde_json::from_str(&text(&app.command(&[arguments, &["--json"]].concat()).await)).unwrap()
}

/// Makes a key with these scopes; answers its id and its secret.
pub(crate) async fn make(app: &App, organization: &str, scopes: &[&str]) -> (String, String) {
    let mut arguments = vec!["keys", "create", "--organization", organization, "--name", "made here"];
    arguments.extend(scopes.iter().flat_map(|scope| ["--scope", scope]));
    let made = listed(app, &arguments).await;
    let part = |name: &str| made[name].as_str().unwrap().to_owned();
    (part("id"), part("secret"))
}

#[tokio::test]
async fn a_key_does_what_its_scopes_say() {
    let app = App::builder("a_key_does_what_its_scopes_say").workers(0).start().await;
    let some_job = JobId::generate(1);
    let (_, secret) = make(&app, "acme", &["jobs:read"]).await;
    let reader = app.client().with_key(Some(&secret));
    assert_eq!(reader.retrieve(some_job, true).await.code, 404);
    let refused = reader.create(&text_job("x")).await;
    assert_eq!((refused.code, refused.error_code()), (403, "forbidden"), "{}", refused.body);
    assert_eq!(refused.body["detail"]["details"], json!({ "scope": "jobs:write" }));

    let (_, secret) = make(&app, "acme", &["jobs:write"]).await;
    let writer = app.client().with_key(Some(&secret));
    assert_eq!(writer.create(&json!({})).await.code, 422);
    let refused = writer.status(some_job).await;
    assert_eq!((refused.code, refused.error_code()), (403, "forbidden"), "{}", refused.body);
    assert_eq!(refused.body["detail"]["details"], json!({ "scope": "jobs:read" }));

    let unknown = ["keys", "create", "--organization", "acme", "--name", "k", "--scope", "jobs:all"];
    assert_eq!(app.command(&unknown).await.status.code(), Some(2));
    app.finish().await;
}

#[tokio::test]
async fn a_revoked_key_is_refused_by_an_api_that_knows_it() {
    let app = App::builder("a_revoked_key_is_refused_by_an_api_that_knows_it")
        .workers(0)
        .api_env("QUIRE_API_KEY_CACHE_MS", "300")
        .start()
        .await;
    let (id, secret) = make(&app, "acme", &[]).await;
    let client = app.client().with_key(Some(&secret));
    let some_job = JobId::generate(1);
    assert_eq!(client.status(some_job).await.code, 404);
    let said = text(&app.command(&["keys", "revoke", &id]).await);
    assert!(said.contains("is revoked"), "{said}");
    // Asked without a pause: an answer from memory does not make the memory younger.
    eventually("the key to be forgotten", BOUND, async || {
        let answer = client.status(some_job).await;
        assert!(matches!(answer.code, 401 | 404), "{}", answer.body);
        (answer.code == 401).then_some(())
    })
    .await;
    // Again is no error and changes nothing; of nobody's id it is one.
    let first = listed(&app, &["keys", "list"]).await;
    text(&app.command(&["keys", "revoke", &id]).await);
    assert_eq!(listed(&app, &["keys", "list"]).await, first);
    let unknown = app.command(&["keys", "revoke", "key_000000000000000000000"]).await;
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("there is no key"));
    assert_eq!(app.command(&["keys", "revoke", "nonsense"]).await.status.code(), Some(2));
    app.finish().await;
}

#[tokio::test]
async fn lists_show_keys_and_organizations_and_no_secret() {
    let app = App::builder("lists_show_keys_and_organizations_and_no_secret").workers(0).start().await;
    let made = text(&app.command(&["organizations", "create", "globex", "--json"]).await);
    let again = text(&app.command(&["organizations", "create", "globex", "--json"]).await);
    assert_eq!(made, again, "the same name is the same organization");
    let (id, secret) = make(&app, "globex", &["jobs:read"]).await;

    let keys = listed(&app, &["keys", "list", "--organization", "globex"]).await;
    assert_eq!(keys.as_array().unwrap().len(), 1, "{keys}");
    assert_eq!((&keys[0]["id"], &keys[0]["scopes"]), (&json!(id), &json!(["jobs:read"])));
    assert_eq!((&keys[0]["last_used_at"], &keys[0]["revoked_at"]), (&Value::Null, &Value::Null));
    let all = text(&app.command(&["keys", "list"]).await);
    assert!(all.starts_with("ID ") && all.contains("acme") && all.contains(&id), "{all}");
    assert!(!all.contains(&secret) && !keys.to_string().contains(&secret), "the secret is shown again");
    assert_eq!(listed(&app, &["keys", "list", "--organization", "nobody"]).await, json!([]));

    let organizations = listed(&app, &["organizations", "list"]).await;
    let names: Vec<&str> =
        organizations.as_array().unwrap().iter().map(|each| each["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["acme", "globex"]);
    assert_eq!(organizations[1]["keys"], 1);
    assert!(organizations[1]["id"].as_str().unwrap().starts_with("org_"));
    for name in ["", &"n".repeat(201)] {
        assert_eq!(app.command(&["organizations", "create", name]).await.status.code(), Some(1));
    }
    app.finish().await;
}

/// When the test's key was last used, as far as it is written down.
async fn last_use(app: &App) -> Option<String> {
    let keys = listed(app, &["keys", "list"]).await;
    keys[0]["last_used_at"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn the_last_use_of_a_key_is_written_down_now_and_then() {
    let name = "the_last_use_of_a_key_is_written_down_now_and_then";
    let app = App::builder(name).workers(0).api_env("QUIRE_API_KEY_USED_MS", "100").start().await;
    assert_eq!(app.client().status(JobId::generate(1)).await.code, 404);
    let at = eventually("the use to be written down", BOUND, async || last_use(&app).await).await;
    assert!(at.starts_with("20") && at.ends_with('Z'), "{at}");
    app.finish().await;
}

#[tokio::test]
async fn the_last_use_of_a_key_is_written_down_when_the_api_stops() {
    let name = "the_last_use_of_a_key_is_written_down_when_the_api_stops";
    let mut app = App::builder(name).workers(0).api_env("QUIRE_API_KEY_USED_MS", "86400000").start().await;
    assert_eq!(app.client().status(JobId::generate(1)).await.code, 404);
    assert_eq!(last_use(&app).await, None);
    app.api().process.stop(BOUND).await;
    assert!(last_use(&app).await.is_some());
    app.finish().await;
}
