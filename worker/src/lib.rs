//! The worker: takes queued jobs, runs them, records what became of them, and keeps the queue moving.
//!
//! A job's way through the process: [`intake`] turns deliveries into leases, [`attempt`] runs one attempt, [`executor`]
//! does the work, the finisher records the end and only then is the message acknowledged. [`relay`] and [`maintenance`]
//! run beside it and share nothing with it but PostgreSQL.

pub mod attempt;
pub mod config;
mod context;
pub mod engine;
pub mod executor;
pub mod flow;
mod health;
pub mod intake;
pub mod maintenance;
mod presence;
pub mod relay;
pub mod run;
pub mod serve;
