//! Whether this process can do its work, and the upkeep that this depends on.

use std::time::{Duration, Instant};

use shared::broker::Publisher;
use shared::domain::Clock;
use shared::store::Store;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::cause::Causes;

/// How often the clock is compared with the database's.
const CLOCK_INTERVAL: Duration = Duration::from_secs(30);
/// An answer of the database that is younger counts as one of now: probes cannot load it.
const FRESH: Duration = Duration::from_secs(1);
/// A database that takes longer to tell the time is not one to take jobs for.
const PROBE_TIMEOUT: Duration = Duration::from_secs(2);

/// The state of the parts that submits depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Readiness {
    /// The database answers.
    pub(crate) database: bool,
    /// Its schema is one that this program knows.
    pub(crate) schema: bool,
    /// Distance of the machine's clock from the database's.
    pub(crate) clock_skew: Duration,
    /// The broker takes messages. Submits work without it, so it does not count.
    pub(crate) broker: bool,
}

impl Readiness {
    /// Whether requests should be sent here.
    pub(crate) fn is_ready(&self) -> bool {
        self.database && self.schema && self.clock_skew <= Clock::MAX_SKEW
    }
}

/// What is known of the database.
#[derive(Debug, Default)]
struct Known {
    answered: Option<Instant>,
    schema_fits: bool,
}

/// Probes the parts on demand.
pub(crate) struct Health {
    store: Store,
    lists: Store,
    publisher: Publisher,
    known: Mutex<Known>,
}

impl Health {
    pub(crate) fn new(store: Store, lists: Store, publisher: Publisher) -> Self {
        Self { store, lists, publisher, known: Mutex::default() }
    }

    /// The state now. Many who ask at once share one probe.
    pub(crate) async fn readiness(&self) -> Readiness {
        let mut known = self.known.lock().await;
        if known.answered.is_none_or(|at| at.elapsed() > FRESH) {
            let answers = tokio::time::timeout(PROBE_TIMEOUT, self.probe(&mut known)).await.unwrap_or(false);
            known.answered = answers.then(Instant::now);
        }
        Readiness {
            database: known.answered.is_some(),
            schema: known.schema_fits,
            clock_skew: self.store.clock().skew(),
            broker: self.publisher.is_available(),
        }
    }

    /// Whether the database answers; the schema is looked at until it fits, for it never becomes older.
    async fn probe(&self, known: &mut Known) -> bool {
        if !known.schema_fits {
            match self.store.check_schema().await {
                Ok(()) => known.schema_fits = true,
                Err(error) => tracing::warn!(error = %Causes(&error), "the schema does not fit"),
            }
        }
        self.store.synchronize_clock().await.is_ok()
    }

    /// Keeps the clock right until `stop`.
    pub(crate) async fn keep_clock(&self, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(CLOCK_INTERVAL)).await.is_some() {
            if let Err(error) = self.store.synchronize_clock().await {
                tracing::warn!(error = %Causes(&error), "the clock could not be compared with the database's");
            }
        }
    }

    /// Tells the metrics about the connections to the database.
    pub(crate) fn tell_connections(&self) {
        self.store.tell_usage("main");
        self.lists.tell_usage("lists");
    }
}
