//! Loads that tests apply in small and benchmarks in full: an outage of one upstream, a flood of one organization. Jobs
//! cost next to nothing and take a known time: an upstream that answers after a while.

pub mod flood;
pub mod outage;

use std::time::Duration;

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tokio_postgres::Client as Sql;

use crate::client::Client;
use crate::eventually;

/// Requests under way at the same time.
const SUBMITTERS: usize = 32;

/// A job of an endpoint; its request does not matter.
fn job_of(endpoint: &str) -> Value {
    json!({ "endpoint": endpoint, "request": { "say": "hello" } })
}

/// Submits so many jobs of an endpoint at once.
async fn submit(client: &Client, endpoint: &str, count: usize) {
    let body = job_of(endpoint);
    let answers = futures_util::stream::iter(0..count).map(|_| client.submit(&body)).buffer_unordered(SUBMITTERS);
    assert_eq!(answers.count().await, count);
}

/// Waits until a query that counts finds nothing.
async fn gone(sql: &Sql, what: &str, bound: Duration, count: &str) {
    eventually(what, bound, async || {
        let left: i64 = sql.query_one(count, &[]).await.expect("the database answers").get(0);
        (left == 0).then_some(())
    })
    .await;
}

/// The longest wait, from submission to start, of all but one in twenty of an organization's jobs at an endpoint that were
/// submitted last.
async fn p95_wait(sql: &Sql, organization: &str, endpoint: &str, last: usize) -> Duration {
    const WAITS: &str = "
        select percentile_cont(0.95) within group (order by extract(epoch from started_at - created_at))::float8
        from (
          select started_at, created_at
          from jobs
          where organization_id = (select id from organizations where name = $1) and endpoint = $2
          order by id desc
          limit $3
        ) burst";
    let last = i64::try_from(last).expect("a small count");
    let row = sql.query_one(WAITS, &[&organization, &endpoint, &last]).await.expect("the database answers");
    Duration::from_secs_f64(row.get(0))
}
