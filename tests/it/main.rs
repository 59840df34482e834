//! The integration tests, in one binary.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bed;
mod calendar;
mod flows;
mod lists;
mod objects;
mod quality;
mod race;
mod sdk;
mod store;
mod surface;
mod upstream;
