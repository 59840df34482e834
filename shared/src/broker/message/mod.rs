//! The messages: one that hurries a job along, which names the job and carries nothing else, and one that stops it.

mod cancel;

use lapin::BasicProperties;
use lapin::types::{AMQPValue, FieldTable};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::domain::{JobId, Lane, OrganizationId};

pub use cancel::CancelMessage;

#[cfg(test)]
mod tests;

/// The version of both messages that is written and read.
const VERSION: u64 = 1;
/// The longest body that is looked at, in bytes. Ours are some 130; the rest is room for fields of later versions.
pub const MAX_BODY_BYTES: usize = 1_024;
/// A W3C `traceparent` of version 00 is 55 characters; a longer one belongs to a later version and may be cut off here.
const MAX_TRACEPARENT_BYTES: usize = 128;
const CONTENT_TYPE: &str = "application/json";
const PERSISTENT: u8 = 2;
const TRACEPARENT: &str = "traceparent";
/// Set by quorum queues on a message that came back: how often it was delivered before.
const DELIVERY_COUNT: &str = "x-delivery-count";

/// A hint that a job waits in a lane. The row in PostgreSQL decides whether that is still so: a stale `seq` is harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DispatchMessage {
    /// The job.
    pub job: JobId,
    /// Its owner.
    pub organization: OrganizationId,
    /// The lane, which is the routing key.
    pub lane: Lane,
    /// Which dispatch of the job this is: `jobs.dispatch_seq` when it was sent.
    pub seq: i32,
}

/// Why a body is not a message of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Longer than any message.
    #[error("{bytes} bytes are more than the {MAX_BODY_BYTES} of a message")]
    TooLarge {
        /// The length of the body.
        bytes: usize,
    },
    /// A version that this build does not know.
    #[error("version {found} of a message is unknown here")]
    Version {
        /// The version that it says.
        found: u64,
    },
    /// Not the JSON of such a message.
    #[error("not the message that belongs here: {0}")]
    Malformed(String),
}

impl DecodeError {
    /// The kind of error in one word, for metrics and headers.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::Version { .. } => "version",
            Self::Malformed(_) => "malformed",
        }
    }
}

#[derive(Deserialize)]
struct Envelope {
    v: u64,
}

#[derive(Deserialize)]
struct Body {
    job: JobId,
    organization: OrganizationId,
    lane: Lane,
    seq: i32,
}

impl DispatchMessage {
    /// The body: compact JSON of version 1. No letter of an id or a lane needs an escape.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let Self { job, organization, lane, seq } = self;
        format!(r#"{{"v":{VERSION},"job":"{job}","organization":"{organization}","lane":"{lane}","seq":{seq}}}"#)
            .into_bytes()
    }

    /// Reads a body. Fields that version 1 does not have are skipped, so that a later build may add some.
    ///
    /// # Errors
    /// [`DecodeError`] says what is wrong; such a message belongs in quarantine, whoever sent it.
    pub fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        let Body { job, organization, lane, seq } = body_of(body)?;
        Ok(Self { job, organization, lane, seq })
    }

    /// What goes with the body. The message id is the same for every copy of one dispatch.
    pub(super) fn properties(&self, traceparent: Option<&str>) -> BasicProperties {
        let mut headers = FieldTable::default();
        if let Some(traceparent) = traceparent {
            headers.insert(TRACEPARENT.into(), AMQPValue::LongString(traceparent.into()));
        }
        BasicProperties::default()
            .with_content_type(CONTENT_TYPE.into())
            .with_delivery_mode(PERSISTENT)
            .with_message_id(format!("{}:{}", self.job, self.seq).into())
            .with_headers(headers)
    }
}

/// Reads the fields of a body, once its version is known to be ours.
fn body_of<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(DecodeError::TooLarge { bytes: body.len() });
    }
    let malformed = |error: serde_json::Error| DecodeError::Malformed(error.to_string());
    let Envelope { v } = serde_json::from_slice(body).map_err(malformed)?;
    if v != VERSION {
        return Err(DecodeError::Version { found: v });
    }
    serde_json::from_slice(body).map_err(malformed)
}

/// What goes with a body in quarantine: why it is there and where it came from.
pub(super) fn quarantine_properties(reason: &str, source: &str) -> BasicProperties {
    let mut headers = FieldTable::default();
    headers.insert("quire-reason".into(), AMQPValue::LongString(reason.into()));
    headers.insert("quire-source".into(), AMQPValue::LongString(source.into()));
    BasicProperties::default().with_delivery_mode(PERSISTENT).with_headers(headers)
}

/// The `traceparent` header, as the sender wrote it: whoever uses it must parse it.
pub(super) fn traceparent(properties: &BasicProperties) -> Option<String> {
    let value = match header(properties, TRACEPARENT)? {
        AMQPValue::LongString(value) => value.to_string(),
        AMQPValue::ShortString(value) => value.to_string(),
        _ => return None,
    };
    (value.len() <= MAX_TRACEPARENT_BYTES).then_some(value)
}

/// How often the broker says the message was delivered before; 0 when it says nothing.
pub(super) fn delivery_count(properties: &BasicProperties) -> u32 {
    let count = match header(properties, DELIVERY_COUNT) {
        Some(AMQPValue::LongLongInt(count)) => *count,
        Some(AMQPValue::LongInt(count)) => i64::from(*count),
        Some(AMQPValue::LongUInt(count)) => i64::from(*count),
        Some(AMQPValue::ShortInt(count)) => i64::from(*count),
        Some(AMQPValue::ShortUInt(count)) => i64::from(*count),
        Some(AMQPValue::ShortShortInt(count)) => i64::from(*count),
        Some(AMQPValue::ShortShortUInt(count)) => i64::from(*count),
        _ => 0,
    };
    u32::try_from(count).unwrap_or(0)
}

fn header<'a>(properties: &'a BasicProperties, name: &str) -> Option<&'a AMQPValue> {
    properties.headers().as_ref()?.inner().get(name)
}
