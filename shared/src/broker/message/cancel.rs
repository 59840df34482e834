//! The message that stops an attempt: it names the lease that was taken away.

use lapin::BasicProperties;
use serde::Deserialize;

use super::{CONTENT_TYPE, DecodeError, VERSION, body_of};
use crate::domain::{JobId, Lease, LeaseToken};

const TRANSIENT: u8 = 1;

/// A hint that a lease is gone. Its worker would find out at its next heartbeat; this tells it at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelMessage {
    /// The lease as it was. Another one on the same job is not meant.
    pub lease: Lease,
}

#[derive(Deserialize)]
struct Body {
    job: JobId,
    token: i64,
}

impl CancelMessage {
    /// The body: compact JSON of version 1.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let Lease { job, token } = self.lease;
        format!(r#"{{"v":{VERSION},"job":"{job}","token":{}}}"#, token.value()).into_bytes()
    }

    /// Reads a body. Fields that version 1 does not have are skipped, so that a later build may add some.
    ///
    /// # Errors
    /// [`DecodeError`] says what is wrong.
    pub fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        let Body { job, token } = body_of(body)?;
        Ok(Self { lease: Lease { job, token: LeaseToken::from_value(token) } })
    }

    /// Not kept on disk: a broker that restarts has lost the queue as well.
    pub(in crate::broker) fn properties() -> BasicProperties {
        BasicProperties::default().with_content_type(CONTENT_TYPE.into()).with_delivery_mode(TRANSIENT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for token in [LeaseToken::from_value(i64::MIN), LeaseToken::from_value(7), LeaseToken::generate()] {
            let message = CancelMessage { lease: Lease { job: JobId::generate(1_760_000_000_000), token } };
            assert_eq!(CancelMessage::decode(&message.encode()), Ok(message));
        }
    }

    #[test]
    fn what_is_no_cancel_is_named() {
        let job = JobId::generate(1);
        let later = format!(r#"{{"v":1,"job":"{job}","token":-3,"why":{{}}}}"#);
        assert_eq!(CancelMessage::decode(later.as_bytes()).map(|message| message.lease.job), Ok(job));
        assert_eq!(CancelMessage::decode(br#"{"v":2}"#), Err(DecodeError::Version { found: 2 }));
        for body in [&b""[..], br#"{"v":1,"job":"job_short","token":1}"#, br#"{"v":1}"#] {
            assert_eq!(CancelMessage::decode(body).unwrap_err().kind(), "malformed");
        }
        assert_eq!(CancelMessage::decode(&[b' '; 2000]).unwrap_err().kind(), "too_large");
    }
}
