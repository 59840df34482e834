//! One upstream goes away while many jobs wait for it, and comes back; another's jobs go on.

use std::time::{Duration, Instant};

use super::{gone, p95_wait, submit};
use crate::app::{App, AppBuilder};
use crate::eventually;
use crate::upstream::{Received, Reply, Upstream};

const BROKEN: &str = "/v1/broken";
const STEADY: &str = "/v1/steady";
const ORGANIZATION: &str = "acme";
const STEADY_UNFINISHED: &str =
    "select count(*) from jobs where status in ('queued', 'in_progress') and endpoint = '/v1/steady'";
const UNFINISHED: &str = "select count(*) from jobs where status in ('queued', 'in_progress')";
/// Bursts that are measured before, and others while it lasts.
const BURSTS: usize = 4;
/// Time for the fleet to notice.
const NOTICED: Duration = Duration::from_secs(30);

/// How much of it.
#[derive(Debug, Clone, Copy)]
pub struct Outage {
    /// Jobs that wait for the upstream that is away.
    pub jobs: usize,
    /// Jobs of the other, all at once, again and again.
    pub burst: usize,
    /// How long a job takes.
    pub takes: Duration,
    /// Jobs that run at the same time.
    pub slots: usize,
    /// How long the upstream is away at least.
    pub lasts: Duration,
    /// Time for everything to end afterwards.
    pub bound: Duration,
}

/// What was seen.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The others' wait before the outage: all but one in twenty of a burst, the shortest of some bursts.
    pub before: Duration,
    /// The same while it lasts.
    pub during: Duration,
    /// Requests to the upstream while it was away.
    pub trials: usize,
    /// Failures that were counted against a job, at most, and in all.
    pub counted: (i64, i64),
    /// Jobs that did not complete.
    pub failed: i64,
    /// Requests of each tenth of a second after the upstream's return.
    pub rates: Vec<usize>,
    /// For each request after the return: how many were under way with it, and how many had been answered before.
    pub steps: Vec<(usize, usize)>,
}

impl Seen {
    /// How many times as long the others wait.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.during.as_secs_f64() / self.before.as_secs_f64()
    }
}

impl Outage {
    /// Runs it in a Quire of its own.
    pub async fn run(self, builder: AppBuilder) -> Seen {
        let (broken, steady) = (Upstream::start().await, Upstream::start().await);
        let takes = self.takes;
        let well = move |_: &Received| Reply::of(200).body("{}").after(takes);
        broken.always(well);
        steady.always(well);
        let endpoint = |path: &str, upstream: &Upstream| {
            let url = upstream.url("/run");
            format!("[[endpoint]]\npath = \"{path}\"\nexecutor = \"http\"\n[endpoint.upstream]\nurl = \"{url}\"\n")
        };
        let endpoints = endpoint(BROKEN, &broken) + &endpoint(STEADY, &steady);
        let slots = format!("batch={}", self.slots);
        let app = builder.endpoints(&endpoints).worker_env("QUIRE_WORKER_SLOTS", &slots).start().await;
        let sql = app.database().connect().await;
        let burst = async || {
            submit(app.client(), STEADY, self.burst).await;
            gone(&sql, "a burst to end", self.bound, STEADY_UNFINISHED).await;
            p95_wait(&sql, ORGANIZATION, STEADY, self.burst).await
        };
        // What else the machine does makes some bursts longer: it is the shortest that says what must be waited.
        let shortest = async || {
            let mut shortest = Duration::MAX;
            for _ in 0..BURSTS {
                shortest = shortest.min(burst().await);
            }
            shortest
        };
        // Connections and prepared statements are there before anything is measured.
        submit(app.client(), BROKEN, self.slots).await;
        burst().await;
        let before = shortest().await;

        let answered = broken.count();
        broken.always(|_| Reply::of(500));
        let began = Instant::now();
        submit(app.client(), BROKEN, self.jobs).await;
        eventually("the fleet to notice", NOTICED, async || {
            let noticed = "select count(*) from upstream_states";
            let rows: i64 = sql.query_one(noticed, &[]).await.expect("the database answers").get(0);
            (rows > 0).then_some(())
        })
        .await;
        let during = shortest().await;
        // How long the outage lasts is what is asked for, not something that is waited for.
        tokio::time::sleep(self.lasts.saturating_sub(began.elapsed())).await;
        let trials = broken.count() - answered;

        broken.always(well);
        let back = Instant::now();
        gone(&sql, "every job to end", self.bound, UNFINISHED).await;
        let (counted, failed) = counts(&app).await;
        app.finish().await;
        let after: Vec<Received> = broken.received().into_iter().filter(|request| request.at >= back).collect();
        Seen { before, during, trials, counted, failed, rates: rates(&after, back), steps: steps(&after) }
    }
}

/// Failures that were counted against one job at most, and in all; jobs that did not complete.
async fn counts(app: &App) -> ((i64, i64), i64) {
    const COUNTED: &str = "
        select
          coalesce(max(failures), 0)::bigint, coalesce(sum(failures), 0)::bigint,
          count(*) filter (where status <> 'completed')
        from (
          select attempt_count - attempt_base - released_count - 1 as failures, status from jobs where endpoint = $1
        ) j";
    let sql = app.database().connect().await;
    let row = sql.query_one(COUNTED, &[&BROKEN]).await.expect("the database answers");
    ((row.get(0), row.get(1)), row.get(2))
}

fn rates(requests: &[Received], since: Instant) -> Vec<usize> {
    let mut rates = Vec::new();
    for request in requests {
        let tenth = usize::try_from((request.at - since).as_millis() / 100).expect("a short time");
        if rates.len() <= tenth {
            rates.resize(tenth + 1, 0);
        }
        rates[tenth] += 1;
    }
    rates
}

fn steps(requests: &[Received]) -> Vec<(usize, usize)> {
    let ended = |request: &Received, at: Instant| request.ended.is_some_and(|ended| ended <= at);
    let step = |(index, request): (usize, &Received)| {
        let answered = requests[..index].iter().filter(|earlier| ended(earlier, request.at)).count();
        (index + 1 - answered, answered)
    };
    requests.iter().enumerate().map(step).collect()
}
