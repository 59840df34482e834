//! The process: start, serve, drain.

mod connections;
mod start;

use std::sync::Arc;
use std::time::Duration;

use shared::blob::Blob;
use shared::broker::Publisher;
use shared::config::Env;
use shared::endpoints::{Changes, reload};
use shared::setup::{self, SetupError};
use shared::store::outbox::Stamper;
use shared::store::{MigrateError, Store, StoreError};
use shared::telemetry::{self, Metrics, TelemetryError};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::config::{Config, SERVICE_NAME};
use crate::extract::BodyLimits;
use crate::router::router;
use crate::service::accept::AcceptQueue;
use crate::service::budget::ByteBudget;
use crate::service::catalog::{Catalog, Catalogs};
use crate::service::dispatch::Dispatcher;
use crate::service::health::Health;
use crate::service::jobs::{Jobs, Lists, Parts};
use crate::service::keys::Keys;
use crate::service::partitions;
use crate::service::validation::compile_schemas;
use connections::Connections;

/// What the last stamps, the last uses of keys and the farewell to the broker may take after a drain.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(3);

/// Why the process did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The environment.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// Logs, traces or metrics.
    #[error(transparent)]
    Telemetry(#[from] TelemetryError),
    /// PostgreSQL did not answer in time.
    #[error("PostgreSQL did not answer within {} ms (QUIRE_DATABASE_URL, QUIRE_API_START_MS)", waited.as_millis())]
    DatabaseUnreachable {
        /// How long it was waited for.
        waited: Duration,
        /// The last error.
        #[source]
        source: StoreError,
    },
    /// The schema could not be brought to this program's version, or is not at it.
    #[error("the schema cannot be used")]
    Schema(#[source] MigrateError),
    /// PostgreSQL failed otherwise.
    #[error("PostgreSQL failed")]
    Database(#[source] StoreError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address} (QUIRE_API_ADDR)")]
    Listen {
        /// The address.
        address: String,
        /// The system's word.
        #[source]
        source: std::io::Error,
    },
    /// The signals of the system cannot be waited for.
    #[error("signals cannot be received")]
    Signal(#[source] std::io::Error),
}

/// Serves until SIGTERM or SIGINT, then drains.
///
/// # Errors
/// [`ServeError`] when the process cannot start.
pub async fn run(env: &Env) -> Result<(), ServeError> {
    // Before anything that takes its time: nobody waits for it, and it ends a process that does not.
    let hangups = signal(SignalKind::hangup()).map_err(ServeError::Signal)?;
    let config = Config::from_env(env)?;
    let store = setup::store(env, SERVICE_NAME)?;
    let lists = setup::list_store(env, SERVICE_NAME, store.clock().clone())?;
    let blob = setup::blob(env)?;
    let catalogs = Catalogs::new(Catalog::read(env)?);
    let traces = telemetry::init(config.telemetry.clone())?;
    let metrics = Metrics::install()?;
    let stop = stop_on_signal()?;
    tokio::spawn(stop.clone().run_until_cancelled_owned(keep_endpoints(hangups, env.clone(), catalogs.clone())));

    let prepare = async {
        setup::check_blob(&blob).await?;
        start::prepare_database(&store, &config).await
    };
    let served = match stop.run_until_cancelled(prepare).await {
        Some(prepared) => {
            prepared?;
            serve(config, Stores { store, lists, blob }, catalogs, metrics, stop).await
        }
        None => Ok(()),
    };
    tracing::info!("stopped");
    traces.shutdown().await;
    served
}

/// What keeps jobs and payloads.
struct Stores {
    store: Store,
    /// The same database, for lists.
    lists: Store,
    blob: Blob,
}

async fn serve(
    config: Config,
    stores: Stores,
    catalogs: Catalogs,
    metrics: Metrics,
    stop: CancellationToken,
) -> Result<(), ServeError> {
    compile_schemas();
    let running = Running::start(&config, stores, catalogs, metrics, &stop);
    let address = &config.server.address;
    let listening = |source| ServeError::Listen { address: address.clone(), source };
    let listener = TcpListener::bind(address).await.map_err(listening)?;
    let local = listener.local_addr().map_err(listening)?;
    tracing::info!(address = %local, "listening");

    let connections = Connections::new(config.server.connections, config.heads.connection_bytes());
    connections.accept_until(listener, router(running.app.clone()), &stop).await;
    tracing::info!(connections = connections.count(), "draining");
    running.drain(connections, Instant::now() + config.server.drain).await;
    Ok(())
}

/// The parts and the tasks behind them.
struct Running {
    app: App,
    store: Store,
    writers: Vec<JoinHandle<()>>,
    writers_closing: CancellationToken,
    stamper: JoinHandle<()>,
    publisher: JoinHandle<()>,
    publisher_closing: CancellationToken,
}

impl Running {
    fn start(config: &Config, stores: Stores, catalogs: Catalogs, metrics: Metrics, stop: &CancellationToken) -> Self {
        let Stores { store, lists, blob } = stores;
        let lists = Lists { store: lists, scan_max: config.list_scan_max };
        let publisher_closing = CancellationToken::new();
        let (publisher, publishing) = Publisher::start(config.broker.clone(), publisher_closing.clone());
        let (stamper, stamping) = Stamper::start(store.clone(), config.accept.queue, config.accept.batch);
        let dispatcher = Dispatcher::new(publisher.clone(), stamper, config.confirm_wait);
        let writers_closing = CancellationToken::new();
        let (accept, writers) = AcceptQueue::start(&store, config.accept, &writers_closing);
        let budget = ByteBudget::new(config.body.budget_bytes);
        let health = Arc::new(Health::new(store.clone(), lists.store.clone(), publisher));
        tokio::spawn({
            let (health, stop) = (Arc::clone(&health), stop.clone());
            async move { health.keep_clock(stop).await }
        });
        let keys = Arc::new(Keys::new(store.clone(), config.keys));
        tokio::spawn({
            let (keys, stop) = (Arc::clone(&keys), stop.clone());
            async move { keys.keep_used(stop).await }
        });
        let (days, interval) = (config.retention_days(), config.partitions_interval);
        tokio::spawn(partitions::keep(store.clone(), days, interval, stop.clone()));
        let app = App {
            keys,
            jobs: Jobs::new(Parts {
                store: store.clone(),
                blob,
                accept,
                dispatcher,
                budget: budget.clone(),
                inline_max_bytes: config.inline_max_bytes,
                json: config.json,
                lists,
                rules: config.jobs.clone(),
                catalogs,
                secrets: config.secrets.clone(),
                under_way: TaskTracker::new(),
            }),
            health,
            heads: config.heads,
            bodies: BodyLimits { max_bytes: config.body.max_bytes, timeout: config.body.timeout, budget },
            metrics,
            clock: store.clock().clone(),
        };
        Self { app, store, writers, writers_closing, stamper: stamping, publisher: publishing, publisher_closing }
    }

    /// Ends everything in the order in which work flows: requests, creates whose client has gone, accepts, publishes,
    /// stamps. What `deadline` cuts off is as after a crash: stored jobs are in the outbox, others were never answered.
    async fn drain(self, connections: Connections, deadline: Instant) {
        let Self { app, store, writers, writers_closing, stamper, publisher, publisher_closing } = self;
        let requests = async {
            connections.drain().await;
            app.jobs.drain().await;
            writers_closing.cancel();
            futures_util::future::join_all(writers).await;
        };
        if timeout_at(deadline, requests).await.is_err() {
            tracing::warn!("requests under way did not end in time");
        }
        let keys = Arc::clone(&app.keys);
        // The stamper ends when nobody is left to hand it a stamp.
        drop(app);
        publisher_closing.cancel();
        let flush = async { tokio::join!(publisher, stamper, keys.write_used()) };
        if timeout_at(Instant::now() + FLUSH_TIMEOUT, flush).await.is_err() {
            tracing::warn!("the last messages were not confirmed or stamped in time");
        }
        store.close();
    }
}

/// Reads the operator's endpoints again when it is asked to.
async fn keep_endpoints(hangups: Signal, env: Env, catalogs: Catalogs) {
    let read = move || env.optional("QUIRE_ENDPOINTS_FILE")?.map(|_| Catalog::read(&env)).transpose();
    let replace = |catalog| {
        let before = catalogs.replace(catalog);
        Changes::between(before.registry(), catalogs.current().registry())
    };
    reload(hangups, read, replace).await;
}

/// A token that SIGTERM and SIGINT cancel.
fn stop_on_signal() -> Result<CancellationToken, ServeError> {
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signal)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signal)?;
    let stop = CancellationToken::new();
    tokio::spawn({
        let stop = stop.clone();
        async move {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
            };
            tracing::info!(signal = name, "stopping");
            stop.cancel();
        }
    });
    Ok(stop)
}
