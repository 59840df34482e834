//! The HTTP API: takes jobs and shows them.
//!
//! The arrows run one way: `router` → `routes` → `service` → `shared`. Routes know HTTP and the wire's shapes (`view`),
//! and never the store; services know the store and the broker, and never HTTP.

pub mod commands;
pub mod config;
pub mod serve;

mod app;
mod cause;
mod error;
mod extract;
mod middleware;
mod openapi;
mod router;
mod routes;
mod service;
mod view;

#[cfg(test)]
mod testing;
