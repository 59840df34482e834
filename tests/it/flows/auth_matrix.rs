//! Every route that the description names, with every key that must not open it.

use reqwest::Method;
use serde_json::{Value, json};
use shared::domain::{JobId, Status};
use tests::app::App;
use tests::client::{Answer, Client};
use tests::documents::text_job;

use super::keys::{make, text};

/// What needs no key. A route that is not here must refuse.
const PUBLIC: [&str; 4] = ["/healthz", "/metrics", "/openapi.json", "/readyz"];

struct Route {
    method: Method,
    path: String,
}

impl Route {
    fn of_job(&self) -> bool {
        self.path.contains("{job_id}")
    }

    async fn call(&self, client: &Client, job: JobId) -> Answer {
        let request = client.request(self.method.clone(), &self.path.replace("{job_id}", &job.to_string()));
        let request = if self.method == Method::GET { request } else { request.json(&json!({})) };
        client.send(request).await
    }
}

/// The routes of the description: those that need a key, and the paths of those that do not.
fn routes(document: &Value) -> (Vec<Route>, Vec<String>) {
    let (mut guarded, mut public) = (Vec::new(), Vec::new());
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            if operation["security"] == json!([{}]) {
                public.push(path.clone());
            } else {
                let method = method.to_uppercase().parse().unwrap();
                guarded.push(Route { method, path: path.clone() });
            }
        }
    }
    (guarded, public)
}

#[tokio::test]
async fn every_route_refuses_every_key_that_must_not_open_it() {
    let mut app = App::builder("every_route_refuses_every_key").workers(0).start().await;
    app.leaves_unfinished();
    let job = app.client().submit(&text_job("mine")).await;
    let (revoked_id, revoked) = make(&app, "acme", &[]).await;
    text(&app.command(&["keys", "revoke", &revoked_id]).await);
    let (_, reader) = make(&app, "acme", &["jobs:read"]).await;
    let (_, writer) = make(&app, "acme", &["jobs:write"]).await;
    let other = app.client_of("other").await;
    let with = |key: &str| app.client().with_key(Some(key));

    let (guarded, mut public) = routes(&app.client().get("/openapi.json").await.body);
    public.sort();
    assert_eq!(public, PUBLIC);
    assert!(guarded.len() >= 3, "the description has lost its routes");
    let mut wrong = Vec::new();
    for route in &guarded {
        let mut expect = |who: &str, answer: &Answer, status: u16, code: &str| {
            if (answer.code, answer.error_code()) != (status, code) {
                wrong.push(format!("{} {} with {who}: {} {}", route.method, route.path, answer.code, answer.body));
            }
        };
        expect("no key", &route.call(&app.client().with_key(None), job).await, 401, "unauthorized");
        expect("a bad key", &route.call(&with("sk_quire_bad"), job).await, 401, "unauthorized");
        expect("a revoked key", &route.call(&with(&revoked), job).await, 401, "unauthorized");
        let lacking = if route.method == Method::GET { &writer } else { &reader };
        expect("a key without the scope", &route.call(&with(lacking), job).await, 403, "forbidden");

        let answer = route.call(&other, job).await;
        if route.of_job() {
            expect("another organization's key", &answer, 404, "not_found");
        } else {
            let shown = String::from_utf8_lossy(&answer.bytes).into_owned();
            assert!(!shown.contains(&job.to_string()), "{} {}: {shown}", route.method, route.path);
        }
        let good = route.call(app.client(), JobId::generate(1)).await;
        assert_ne!(good.code, 401, "{} {}: the good key is refused", route.method, route.path);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Nobody has changed it.
    assert_eq!(app.client().status(job).await.status(), Status::Queued);
    app.finish().await;
}
