//! Taking partitions away. A plain `drop table` of a partition waits for every reader of its parent and holds up
//! whoever comes after, inserts included. So a partition is detached concurrently first, which holds up nobody, and
//! dropped when it is a table of its own. Each step is committed by itself and found again after a crash.

use std::time::Duration;

use deadpool_postgres::{ClientWrapper, Object};
use tokio_postgres::Row;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;

use crate::store::{Statement, Store, StoreError};

pub(super) const DUE: Statement = Statement::new("partitions.due", include_str!("due.sql"));
pub(super) const DAY_HELD: Statement = Statement::new("partitions.day_held", include_str!("day_held.sql"));
pub(super) const MONTH_HELD: Statement = Statement::new("partitions.month_held", include_str!("month_held.sql"));
/// The advisory lock under which one process takes partitions away at a time.
pub(super) const CLAIM: Statement =
    Statement::new("partitions.claim", "-- partitions.claim\nselect pg_try_advisory_lock($1) as ours");
pub(super) const YIELD: Statement =
    Statement::new("partitions.yield", "-- partitions.yield\nselect pg_advisory_unlock($1)");

/// "drops" in ASCII.
const LOCK: i64 = 0x64_72_6f_70_73;
/// The comment of a table that is on its way out.
const MARK: &str = "quire: its time is over, to be dropped";
/// Bound of one step, by the server: counting what a month of jobs still holds takes longer than any statement of the
/// service may.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(300);
/// What the client waits beyond the server's bound before it gives the connection up as dead.
const CLIENT_GRACE: Duration = Duration::from_secs(10);

/// The right to take partitions away, which one process has at a time, and the connection that it is bound to. The
/// connection is not the pool's any more: the lock and the settings end with it, however this value goes.
pub struct Removal {
    client: ClientWrapper,
}

/// A partition whose time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    parent: String,
    name: String,
    span: String,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Attached,
    Pending,
    Detached,
}

/// How a detach went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detached {
    /// The partition is a table of its own.
    Done,
    /// Something in it may still be needed.
    Held,
    /// A transaction that reads or writes the parent has not ended in time.
    Blocked,
}

impl Due {
    /// The table that it is a partition of.
    #[must_use]
    pub fn parent(&self) -> &str {
        &self.parent
    }

    /// Its own name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its day or month, as digits: what shares it goes together.
    #[must_use]
    pub fn span(&self) -> &str {
        &self.span
    }

    /// Whether it holds requests or results, some of which may be in the object store.
    #[must_use]
    pub fn holds_data(&self) -> bool {
        self.span.len() == DAY_DIGITS
    }

    /// The partition of the same day or month that goes before this one, when this is not it.
    fn leader(&self) -> Option<String> {
        let parent = if self.holds_data() { "job_payloads" } else { "jobs" };
        (self.parent != parent).then(|| format!("{parent}_{}", self.span))
    }
}

/// A day in a partition's name.
const DAY_DIGITS: usize = 8;

impl Store {
    /// Begins to take partitions away; `None` when another process is doing so. `lock_timeout` bounds each wait for
    /// transactions of others.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn begin_removal(&self, lock_timeout: Duration) -> Result<Option<Removal>, StoreError> {
        let removal = Removal { client: Object::take(self.connection().await?) };
        let settings = format!(
            "set lock_timeout = {}; set statement_timeout = {}",
            lock_timeout.as_millis(),
            STATEMENT_TIMEOUT.as_millis()
        );
        removal.execute("partitions.settings", &settings).await?;
        let rows = removal.query(CLAIM.name, CLAIM.sql, &[&LOCK]).await?;
        Ok(rows.first().is_some_and(|row| row.get("ours")).then_some(removal))
    }
}

impl Removal {
    /// The partitions whose time is over, in the order in which they are to go. Records are kept for this many days
    /// after the end of their month.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn due(&self, records_days: i32) -> Result<Vec<Due>, StoreError> {
        let rows = self.query(DUE.name, DUE.sql, &[&records_days, &MARK]).await?;
        rows.iter()
            .map(|row| {
                let state = match row.get::<_, &str>("state") {
                    "attached" => State::Attached,
                    "pending" => State::Pending,
                    "detached" => State::Detached,
                    _ => return Err(StoreError::Unknown { what: "partitions.state" }),
                };
                Ok(Due { parent: row.get("parent"), name: row.get("name"), span: row.get("span"), state })
            })
            .collect()
    }

    /// Makes a table of its own out of a partition, unless something in it may still be needed. Goes on where an earlier
    /// try was cut short.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn detach(&self, due: &Due) -> Result<Detached, StoreError> {
        let Due { parent, name, state, .. } = due;
        let detached = match state {
            State::Detached => Ok(()),
            State::Pending => {
                let finalize = format!("alter table {parent} detach partition {name} finalize");
                self.execute("partitions.finalize", &finalize).await
            }
            State::Attached if self.is_held(due).await? => return Ok(Detached::Held),
            State::Attached => self.detach_attached(parent, name).await,
        };
        match detached {
            Ok(()) => Ok(Detached::Done),
            Err(error) if is_lock_timeout(&error) => Ok(Detached::Blocked),
            Err(error) => Err(error),
        }
    }

    async fn detach_attached(&self, parent: &str, name: &str) -> Result<(), StoreError> {
        self.execute("partitions.mark", &format!("comment on table {name} is '{MARK}'")).await?;
        let detach = format!("alter table {parent} detach partition {name} concurrently");
        self.execute("partitions.detach", &detach).await
    }

    async fn is_held(&self, due: &Due) -> Result<bool, StoreError> {
        let statement = if due.holds_data() { DAY_HELD } else { MONTH_HELD };
        let rows = self.query(statement.name, statement.sql, &[&due.span, &due.leader()]).await?;
        Ok(rows.first().is_none_or(|row| row.get("held")))
    }

    /// Drops a detached partition; `false` when somebody who reads it has not ended in time.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn drop_table(&self, due: &Due) -> Result<bool, StoreError> {
        match self.execute("partitions.drop", &format!("drop table if exists {}", due.name)).await {
            Ok(()) => Ok(true),
            Err(error) if is_lock_timeout(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether the connection is gone, and with it the right.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.client.is_closed()
    }

    /// Gives the right back at once. Without this it is back when the server has noticed the end of the connection.
    pub async fn end(self) {
        // The connection ends in any case.
        let _yielded = self.query(YIELD.name, YIELD.sql, &[&LOCK]).await;
    }

    pub(super) async fn query(
        &self,
        name: &'static str,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, StoreError> {
        bounded(name, self.client.query(sql, parameters)).await
    }

    pub(super) async fn execute(&self, name: &'static str, sql: &str) -> Result<(), StoreError> {
        bounded(name, self.client.batch_execute(sql)).await
    }
}

async fn bounded<T>(
    name: &'static str,
    answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, StoreError> {
    match tokio::time::timeout(STATEMENT_TIMEOUT + CLIENT_GRACE, answer).await {
        Ok(answer) => answer.map_err(|source| StoreError::from_postgres(name, source)),
        Err(_) => Err(StoreError::Ambiguous { statement: name, source: None }),
    }
}

fn is_lock_timeout(error: &StoreError) -> bool {
    matches!(error, StoreError::Busy { source, .. } if source.code() == Some(&SqlState::LOCK_NOT_AVAILABLE))
}

impl std::fmt::Debug for Removal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Removal").field("lost", &self.is_lost()).finish_non_exhaustive()
    }
}
