//! What a broker does to those who use it, done by a real one: each heals by itself.

mod alarm;
mod closed;
mod dead_letters;
mod deleted;
mod full;
mod long_lane;
mod time_out;

use std::time::Duration;

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use shared::domain::{JobId, Status};
use tests::app::App;
use tests::client::Client;
use tests::control::Control;
use tests::upstream::{Reply, Upstream};
use tests::{audit, eventually};

/// Time for everything to end once the fault is over.
const BOUND: Duration = Duration::from_secs(90);
const PATH: &str = "/v1/slow";

/// An endpoint that is served by an upstream that takes so long.
async fn slow_endpoint(lane: &str, takes: Duration) -> (Upstream, String) {
    let upstream = Upstream::start().await;
    upstream.always(move |_| Reply::json(200, &json!({ "ok": true })).after(takes));
    let url = upstream.url("/run");
    let toml = format!(
        "[[endpoint]]\npath = \"{PATH}\"\nexecutor = \"http\"\nlane = \"{lane}\"\n[endpoint.upstream]\nurl = \"{url}\"\n"
    );
    (upstream, toml)
}

fn slow_job(number: usize) -> Value {
    json!({ "endpoint": PATH, "request": { "number": number } })
}

/// So many jobs, each accepted.
async fn submit(client: &Client, count: usize) -> Vec<JobId> {
    let submitted = futures_util::stream::iter(0..count).map(async |number| client.submit(&slow_job(number)).await);
    submitted.buffer_unordered(16).collect().await
}

/// Waits until nothing is queued or running, and answers how many jobs are in each status.
async fn ended(app: &App) -> Vec<(Status, i64)> {
    let sql = app.database().connect().await;
    eventually("every job to end", BOUND, async || audit::unfinished(&sql).await.is_empty().then_some(())).await;
    let rows = sql.query("select status::text, count(*) from jobs group by 1 order by 1", &[]).await.unwrap();
    rows.iter().map(|row| (row.get::<_, &str>(0).parse().unwrap(), row.get(1))).collect()
}

/// Waits until so many jobs run at once.
async fn running(app: &App, count: usize) {
    let sql = app.database().connect().await;
    eventually(&format!("{count} jobs to run"), BOUND, async || {
        let now: i64 = sql.query_one("select count(*) from running", &[]).await.unwrap().get(0);
        (usize::try_from(now).unwrap() >= count).then_some(())
    })
    .await;
}

/// What became of the attempts: outcomes and how many of each.
async fn outcomes(app: &App) -> Vec<(String, i64)> {
    let sql = app.database().connect().await;
    let rows = sql
        .query("select coalesce(outcome, 'open'), count(*) from job_attempts group by 1 order by 1", &[])
        .await
        .unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// Messages of a queue that are ready, and that consumers hold.
async fn messages(control: &Control, app: &App, queue: &str) -> (u64, u64) {
    let columns = ["name", "messages_ready", "messages_unacknowledged"];
    let arguments = [&["list_queues", "-q", "--no-table-headers", "-p", app.host().name()], &columns[..]].concat();
    let listed = control.broker(&arguments).await;
    let line = listed.lines().find(|line| line.split_whitespace().next() == Some(queue));
    let numbers: Vec<u64> =
        line.into_iter().flat_map(|line| line.split_whitespace().skip(1)).map(|word| word.parse().unwrap()).collect();
    let [ready, held] = numbers[..] else { panic!("{queue} is not in {listed}") };
    (ready, held)
}

/// The sum of a metric's samples that have all of these labels.
fn sample(metrics: &str, name: &str, labels: &[&str]) -> f64 {
    let lines =
        metrics.lines().filter(|line| line.starts_with(name) && labels.iter().all(|label| line.contains(label)));
    lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
}
