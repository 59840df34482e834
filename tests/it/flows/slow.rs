//! Jobs that take as long as a test needs, on any machine.

use std::time::Duration;

use serde_json::Value;
use shared::domain::Status;
use tests::app::App;
use tests::documents::slow_job;

/// Shorter measurements are mostly overhead.
const MEASURABLE: Duration = Duration::from_millis(200);
const BOUND: Duration = Duration::from_secs(60);

/// A job that keeps one process of the engine busy for about so long when it runs alone.
pub(crate) async fn job_of(app: &App, wanted: Duration) -> Value {
    let mut units = 50;
    loop {
        let took = measured(app, units).await;
        if took >= MEASURABLE {
            let factor = wanted.as_secs_f64() / took.as_secs_f64();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive count")]
            return slow_job((f64::from(units) * factor) as u32);
        }
        units *= 4;
    }
}

/// How long one attempt of that size takes.
async fn measured(app: &App, units: u32) -> Duration {
    let id = app.client().submit(&slow_job(units)).await;
    app.client().wait_until(id, Status::Completed, BOUND).await;
    let sql = app.database().connect().await;
    let query = "select extract(epoch from ended_at - started_at)::float8 from job_attempts where id = $1";
    Duration::from_secs_f64(sql.query_one(query, &[&id.uuid()]).await.unwrap().get(0))
}
