//! Endpoints that services of others execute.

mod answers;
mod caps;
mod failures;
mod redirects;
mod requests;
mod retries;
mod tls_and_proxy;

use std::time::Duration;

use serde_json::{Value, json};
use shared::domain::{JobId, Status};
use tests::app::App;

const BOUND: Duration = Duration::from_secs(60);

/// An endpoint of the operator's file. Its failures are tried again soon.
struct Endpoint {
    path: String,
    url: String,
    keys: Vec<String>,
    retry: Vec<String>,
    upstream: Vec<String>,
    headers: Vec<String>,
}

impl Endpoint {
    fn new(path: &str, url: &str) -> Self {
        let (keys, upstream, headers) = (Vec::new(), Vec::new(), Vec::new());
        let retry = vec!["schedule_ms = [20]".to_owned()];
        Self { path: path.to_owned(), url: url.to_owned(), keys, retry, upstream, headers }
    }

    /// One more line of the endpoint itself.
    fn key(mut self, line: &str) -> Self {
        self.keys.push(line.to_owned());
        self
    }

    /// One more line of how it is tried again.
    fn retry(mut self, line: &str) -> Self {
        self.retry.push(line.to_owned());
        self
    }

    /// One more line of its upstream.
    fn upstream(mut self, line: &str) -> Self {
        self.upstream.push(line.to_owned());
        self
    }

    /// One more header of its upstream.
    fn header(mut self, line: &str) -> Self {
        self.headers.push(line.to_owned());
        self
    }

    fn toml(&self) -> String {
        format!(
            "[[endpoint]]\npath = \"{}\"\nexecutor = \"http\"\n{}\n[endpoint.retry]\n{}\n[endpoint.upstream]\nurl = \"{}\"\n{}\n[endpoint.upstream.headers]\n{}\n",
            self.path,
            self.keys.join("\n"),
            self.retry.join("\n"),
            self.url,
            self.upstream.join("\n"),
            self.headers.join("\n"),
        )
    }
}

/// The file of these endpoints.
fn file(endpoints: &[Endpoint]) -> String {
    endpoints.iter().map(Endpoint::toml).collect()
}

/// A job of an endpoint whose request does not matter.
fn job(path: &str) -> Value {
    json!({ "endpoint": path, "request": { "sum": [1, 2] } })
}

/// Runs a job of this path to its end.
async fn run(app: &App, path: &str, end: Status) -> Value {
    let id = app.client().submit(&job(path)).await;
    app.client().wait_until(id, end, BOUND).await
}

/// Code, message and details of each attempt of a job.
async fn attempts(app: &App, job: &Value) -> Vec<(Option<String>, String, Value)> {
    let id: JobId = job["id"].as_str().unwrap().parse().unwrap();
    let sql = app.database().connect().await;
    let select = "select code, coalesce(message, ''), coalesce(details, 'null')::text from job_attempts
        where id = $1 order by attempt";
    let rows = sql.query(select, &[&id.uuid()]).await.unwrap();
    let details = |text: String| serde_json::from_str(&text).unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1), details(row.get(2)))).collect()
}
