//! What the api and the worker must agree on.
//!
//! A type enters here only when both processes compile against it. The arrows run one way: `domain` imports nothing of
//! ours, the others import `domain` only and never one another; [`tls`] is for each that needs it. Two modules join them: [`setup`] builds them from the environment,
//! [`payload`] carries bodies between the store and the object store, and knows from `contract` how a file travels in JSON.

pub mod blob;
pub mod broker;
pub mod config;
pub mod contract;
pub mod domain;
pub mod endpoints;
pub mod payload;
pub mod setup;
pub mod store;
pub mod telemetry;
pub mod tls;
