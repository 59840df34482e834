//! The harness of the integration tests: a database and a virtual host per test, the real processes on top of them, and
//! the audit that every test ends with.

pub mod app;
pub mod audit;
pub mod client;
pub mod control;
pub mod database;
pub mod documents;
mod environment;
pub mod fill;
mod leftovers;
pub mod load;
pub mod objects;
mod process;
pub mod readme;
mod report;
pub mod sdk;
pub mod telemetry;
pub mod upstream;
mod virtual_host;
mod wait;
mod watchdog;

pub use environment::{models_dir, number};
pub use process::run_program;
pub use report::report;
pub use virtual_host::VirtualHost;
pub use wait::{eventually, within};
