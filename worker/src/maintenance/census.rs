//! Telling how much waits and runs. Every process that does so tells the same of the whole fleet.

use shared::domain::Lane;
use shared::store::outbox::{Census, CensusRules, Counted};
use tokio_util::sync::CancellationToken;

use super::{Beat, Left, RoundError};
use crate::context::Context;

pub(super) async fn tell(context: Context, shutdown: CancellationToken) {
    let (interval, rules) = (context.config.maintenance.census_interval, context.config.maintenance.census);
    let mut beat = Beat::new("census", interval, interval, shutdown);
    while beat.run(round(&context, rules)).await {}
}

async fn round(context: &Context, rules: CensusRules) -> Result<Left, RoundError> {
    let Census { counted, truncated } = context.store.census(rules).await?;
    metrics::gauge!("quire_census_truncated").set(f64::from(u8::from(truncated)));
    for lane in Lane::ALL {
        // What is empty now must not keep the figure of the round before.
        let of = |flooding| counted.iter().find(|found| found.lane == lane && found.flooding == flooding);
        for (class, found) in [("steady", of(false)), ("flooding", of(true))] {
            let labels = [("lane", lane.as_str()), ("class", class)];
            metrics::gauge!("quire_jobs_queued", &labels).set(count(found.map(|found| found.queued)));
            metrics::gauge!("quire_jobs_running", &labels).set(count(found.map(|found| found.running)));
        }
        let both: Vec<&Counted> = counted.iter().filter(|found| found.lane == lane).collect();
        let waiting = both.iter().map(|found| found.waiting).sum();
        let oldest = both.iter().map(|found| found.oldest_seconds).fold(0.0, f64::max);
        metrics::gauge!("quire_jobs_waiting", "lane" => lane.as_str()).set(count(Some(waiting)));
        metrics::gauge!("quire_queue_oldest_seconds", "lane" => lane.as_str()).set(oldest);
    }
    Ok(Left::Nothing)
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is a float; nobody counts to 2^52 here")]
fn count(found: Option<i64>) -> f64 {
    found.unwrap_or(0) as f64
}
