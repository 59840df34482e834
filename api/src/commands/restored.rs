//! `quire-api restored`: what a restored database and the broker must be told.

use shared::broker::purge_lanes;
use shared::config::Env;
use shared::setup;

use super::{CommandError, store_of};
use crate::config::SERVICE_NAME;

/// Drops the messages of the lanes, which speak of another time, and has every queued job published again. Processes may
/// run meanwhile: a message too many changes nothing.
///
/// # Errors
/// [`CommandError`]; may be repeated at will.
pub async fn restored(env: &Env) -> Result<String, CommandError> {
    let store = store_of(env).await?;
    store.check_schema().await?;
    let messages = purge_lanes(&setup::broker(env, SERVICE_NAME)?).await?;
    let jobs = store.unpublish().await?;
    Ok(format!("dropped {messages} messages; {jobs} queued jobs are published again by the relay"))
}
