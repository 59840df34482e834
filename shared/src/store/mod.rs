//! PostgreSQL: the only truth about a job.
//!
//! A statement lives beside the function that runs it, in a file of its own, and names itself in its first line, so that
//! `pg_stat_activity` and slow logs lead to the code. Batched statements lock rows in key order; statements that may
//! wait for a lock lock first and act in a second statement.

pub mod api_keys;
mod error;
mod extractions;
pub mod idempotency;
pub mod jobs;
mod limits;
mod migrate;
pub mod organizations;
pub mod outbox;
pub mod partitions;
mod pool;
mod retentions;
pub mod running;
mod statement;
mod tls;
pub mod upstreams;
pub mod workers;

pub use error::StoreError;
pub use limits::Limits;
pub use migrate::{MigrateError, Migrated};
pub use pool::{NOT_FOR_LISTS, Store, StoreConfig};
pub use statement::{Statement, all_statements};
