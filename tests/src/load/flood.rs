//! One organization submits far more than can be done; another submits a little.

use std::time::Duration;

use super::{gone, p95_wait, submit};
use crate::app::AppBuilder;
use crate::upstream::{Reply, Upstream};

const ENDPOINT: &str = "/v1/slow";
const GUEST: &str = "guest";
const UNFINISHED: &str = "select count(*) from jobs j
    where j.status in ('queued', 'in_progress') and j.organization_id = (select id from organizations where name = 'guest')";
const ALL_UNFINISHED: &str = "select count(*) from jobs where status in ('queued', 'in_progress')";

/// How much of it.
#[derive(Debug, Clone, Copy)]
pub struct Flood {
    /// Jobs of the one.
    pub jobs: usize,
    /// Jobs of the other, all at once.
    pub burst: usize,
    /// How long each takes.
    pub takes: Duration,
    /// Jobs that run at the same time.
    pub slots: usize,
    /// Time for all of it.
    pub bound: Duration,
}

/// What the other waits, all but one in twenty of its jobs, at most.
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    /// With nobody else there.
    pub alone: Duration,
    /// Behind the flood.
    pub flooded: Duration,
}

impl Waits {
    /// How many times as long.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.flooded.as_secs_f64() / self.alone.as_secs_f64()
    }
}

impl Flood {
    /// Runs it in a Quire of its own.
    pub async fn run(self, builder: AppBuilder) -> Waits {
        let upstream = Upstream::start().await;
        let takes = self.takes;
        upstream.always(move |_| Reply::of(200).body("{}").after(takes));
        let endpoint = format!(
            "[[endpoint]]\npath = \"{ENDPOINT}\"\nexecutor = \"http\"\n[endpoint.upstream]\nurl = \"{}\"\n",
            upstream.url("/run")
        );
        let slots = format!("batch={}", self.slots);
        let app = builder.endpoints(&endpoint).worker_env("QUIRE_WORKER_SLOTS", &slots).start().await;
        let sql = app.database().connect().await;
        let guest = app.client_of(GUEST).await;
        let burst = async || {
            submit(&guest, ENDPOINT, self.burst).await;
            gone(&sql, "the burst to end", self.bound, UNFINISHED).await;
            p95_wait(&sql, GUEST, ENDPOINT, self.burst).await
        };
        // Connections and prepared statements are there before anything is measured.
        burst().await;
        let alone = burst().await;
        submit(app.client(), ENDPOINT, self.jobs).await;
        let flooded = burst().await;
        let left: i64 = sql.query_one(ALL_UNFINISHED, &[]).await.expect("the database answers").get(0);
        assert!(left > 0, "the flood was over before the burst: nothing was shown");
        gone(&sql, "the flood to end", self.bound, ALL_UNFINISHED).await;
        app.finish().await;
        Waits { alone, flooded }
    }
}
