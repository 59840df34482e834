//! RabbitMQ: what is declared there, how a dispatch is published and how it is consumed.
//!
//! A message is a hint: it may be lost, doubled, late or out of order, and PostgreSQL decides all the same. So both sides
//! prefer to fail at once and say so over waiting, and both come back by themselves: a supervisor owns each connection,
//! drops it on any doubt, reconnects with jitter and declares the topology again, until it is told to stop.

mod backoff;
mod config;
mod connection;
mod consumer;
mod error;
mod message;
mod publisher;
mod purge;
mod rung;
pub mod topology;

pub use config::BrokerConfig;
pub use consumer::{ConsumerHandle, Consumers, Delivery, Incoming, Manner};
pub use error::BrokerError;
pub use message::{CancelMessage, DecodeError, DispatchMessage, MAX_BODY_BYTES};
pub use publisher::{PublishError, Publisher};
pub use purge::purge_lanes;
pub use rung::Rung;
