//! Emptying the lanes: for an operator whose database is older than what the broker holds.

use std::time::Duration;

use lapin::options::QueuePurgeOptions;
use lapin::protocol::AMQPSoftError;
use tokio::time::timeout;

use super::connection::{Link, Role};
use super::error::soft_error;
use super::topology::lane_queue;
use super::{BrokerConfig, BrokerError, Rung};
use crate::domain::Lane;

/// A queue without a leader answers nothing.
const PURGE_TIMEOUT: Duration = Duration::from_secs(10);

/// Drops the ready messages of every lane, and of the rungs that lead there, and answers how many they were. What a consumer holds stays with it.
///
/// # Errors
/// [`BrokerError`]; may be repeated at will.
pub async fn purge_lanes(config: &BrokerConfig) -> Result<u64, BrokerError> {
    let mut link = Link::open(config, Role::Operator).await?;
    let purged = timeout(PURGE_TIMEOUT, purge(&link)).await.map_err(|_| BrokerError::Timeout("emptying the lanes"))?;
    link.close().await;
    purged
}

async fn purge(link: &Link) -> Result<u64, BrokerError> {
    let mut messages = 0;
    for queue in Rung::ALL.map(Rung::name).into_iter().chain(Lane::ALL.map(lane_queue)) {
        // A channel for each: a queue that is not there closes it.
        let channel = link.connection.create_channel().await?;
        match channel.queue_purge(queue.into(), QueuePurgeOptions::default()).await {
            Ok(count) => messages += u64::from(count),
            Err(error) if soft_error(&error, &AMQPSoftError::NOTFOUND).is_some() => continue,
            Err(error) => return Err(error.into()),
        }
        channel.close(200, "emptied".into()).await?;
    }
    Ok(messages)
}
