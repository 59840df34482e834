//! The whole of Quire as its users and its operators see it: real processes, real stores.

mod action_races;
mod actions;
mod artifacts;
mod auth;
mod auth_matrix;
mod broker_down;
mod delays;
mod drain;
mod expiry;
mod fairness;
mod harness;
mod hostile;
mod idempotency;
mod keys;
mod memory;
mod postgres_restart;
mod retention;
mod schedule;
mod slow;
mod stop;
mod submit_to_result;
mod sweep;
mod telemetry;
mod tolerance;
mod validation;
mod worker_killed;
