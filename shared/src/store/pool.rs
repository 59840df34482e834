//! The pool of connections and the one way a statement is run.

use std::time::{Duration, Instant};

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime, Timeouts};
use secrecy::{ExposeSecret as _, SecretString};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::{Statement, StoreError};
use crate::domain::Clock;

/// How to reach PostgreSQL and how long to wait for it.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    /// `postgres://user:password@host:port/database`; `sslmode` decides on TLS.
    pub url: SecretString,
    /// Name shown in `pg_stat_activity`.
    pub application_name: String,
    /// Connections of this process at most.
    pub pool_size: usize,
    /// Wait for a free or a new connection.
    pub acquire_timeout: Duration,
    /// Bound of one statement, by the server.
    pub statement_timeout: Duration,
    /// Bound of one wait for a lock, by the server.
    pub lock_timeout: Duration,
    /// Bound of a transaction that does nothing, by the server.
    pub idle_in_transaction_timeout: Duration,
}

/// What the planner may not use for a list. A list walks an index and stops when its page is full; a plan that reads a
/// whole table first is never better, but looks so while the table is small, and is kept when it has grown.
pub const NOT_FOR_LISTS: [&str; 4] = ["enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin"];

/// Times a statement is tried again at once after a deadlock or a serialization failure.
const MAX_CONFLICT_RETRIES: u32 = 5;
/// What the client waits beyond the server's own time-out before it gives a connection up as dead.
const CLIENT_GRACE: Duration = Duration::from_secs(2);

/// The database, as the rest of the program sees it.
#[derive(Clone)]
pub struct Store {
    pool: Pool,
    clock: Clock,
    client_timeout: Duration,
}

impl Store {
    /// Builds the pool. Connects to nothing yet.
    ///
    /// # Errors
    /// When the URL cannot be understood; the message does not repeat it, because it may hold a password.
    pub fn new(config: &StoreConfig, clock: Clock) -> Result<Self, tokio_postgres::Error> {
        Self::with_options(config, clock, "")
    }

    /// The same for lists only: connections of their own, so that no list keeps a create waiting for one, and plans that
    /// walk.
    ///
    /// # Errors
    /// As above.
    pub fn for_lists(config: &StoreConfig, clock: Clock) -> Result<Self, tokio_postgres::Error> {
        let options = NOT_FOR_LISTS.map(|setting| format!(" -c {setting}=off")).concat();
        Self::with_options(config, clock, &options)
    }

    fn with_options(config: &StoreConfig, clock: Clock, options: &str) -> Result<Self, tokio_postgres::Error> {
        let mut postgres: tokio_postgres::Config = config.url.expose_secret().parse()?;
        postgres.application_name(&config.application_name);
        postgres.connect_timeout(config.acquire_timeout);
        postgres.keepalives_idle(Duration::from_secs(15));
        postgres.options(format!(
            "-c statement_timeout={} -c lock_timeout={} -c idle_in_transaction_session_timeout={} -c timezone=UTC \
             -c jit=off{options}",
            config.statement_timeout.as_millis(),
            config.lock_timeout.as_millis(),
            config.idle_in_transaction_timeout.as_millis(),
        ));
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(postgres, super::tls::connector(), recycling);
        let timeouts = Timeouts {
            wait: Some(config.acquire_timeout),
            create: Some(config.acquire_timeout),
            recycle: Some(config.acquire_timeout),
        };
        let pool = Pool::builder(manager)
            .max_size(config.pool_size)
            .timeouts(timeouts)
            .runtime(Runtime::Tokio1)
            .build()
            .unwrap_or_else(|_| unreachable!("a runtime is given"));
        Ok(Self { pool, clock, client_timeout: config.statement_timeout + CLIENT_GRACE })
    }

    /// The clock that this store corrects.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Asks the database for its time and corrects the clock by it; the cheapest proof that the database answers.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn synchronize_clock(&self) -> Result<(), StoreError> {
        const NOW: Statement = Statement::new("clock.now", "-- clock.now\nselect clock_timestamp()");
        let before = Clock::machine_now();
        let rows = self.query(NOW, &[]).await?;
        let after = Clock::machine_now();
        let middle = before + after.duration_since(before).unwrap_or_default() / 2;
        if let Some(row) = rows.first() {
            self.clock.correct(row.get(0), middle);
        }
        Ok(())
    }

    /// A connection, for what is more than one statement.
    pub(crate) async fn connection(&self) -> Result<Object, StoreError> {
        self.pool.get().await.map_err(StoreError::Unreachable)
    }

    /// Runs one statement, which is its own transaction, and again when it was rolled back in a conflict.
    pub(crate) async fn query(
        &self,
        statement: Statement,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, StoreError> {
        let mut tries = 0;
        loop {
            match self.query_once(statement, parameters).await {
                Err(StoreError::Conflict { .. }) if tries < MAX_CONFLICT_RETRIES => {
                    tries += 1;
                    metrics::counter!("quire_store_conflicts_total", "statement" => statement.name).increment(1);
                }
                answer => return answer,
            }
        }
    }

    async fn query_once(
        &self,
        statement: Statement,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, StoreError> {
        let connection = self.connection().await?;
        let began = Instant::now();
        let answer = tokio::time::timeout(self.client_timeout, async {
            let prepared = connection.prepare_cached(statement.sql).await?;
            connection.query(&prepared, parameters).await
        })
        .await;
        metrics::histogram!("quire_store_statement_seconds", "statement" => statement.name)
            .record(began.elapsed().as_secs_f64());
        match answer {
            Ok(Ok(rows)) => Ok(rows),
            Ok(Err(source)) => Err(StoreError::from_postgres(statement.name, source)),
            Err(_) => {
                // The server enforces its own, shorter bound: a silence beyond it means a dead connection.
                drop(Object::take(connection));
                Err(StoreError::Ambiguous { statement: statement.name, source: None })
            }
        }
    }

    /// How long an answer may take before a connection is given up as dead.
    pub(crate) const fn client_timeout(&self) -> Duration {
        self.client_timeout
    }

    /// Closes every connection; later calls fail.
    pub fn close(&self) {
        self.pool.close();
    }

    /// Tells the metrics how many connections of this pool are open, and how many of them are in use.
    pub fn tell_usage(&self, pool: &'static str) {
        let status = self.pool.status();
        #[expect(clippy::cast_precision_loss, reason = "a gauge is a float; pools are far below 2^52")]
        let tell = |state, count: usize| {
            metrics::gauge!("quire_store_connections", "pool" => pool, "state" => state).set(count as f64);
        };
        tell("open", status.size);
        tell("in_use", status.size.saturating_sub(status.available));
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("pool", &self.pool.status()).finish_non_exhaustive()
    }
}
