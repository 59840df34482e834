//! How far an attempt has come: what is said of one that took too long.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};

#[derive(Debug, Default)]
struct Counts {
    /// Bytes of the request that are to be sent; 0 until it is put together.
    request: AtomicU64,
    sent: AtomicU64,
    /// 0 until there is an answer.
    status: AtomicU16,
    received: AtomicU64,
}

/// Counts of one attempt; clones count together.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Arc<Counts>);

impl Progress {
    /// A request of this length is about to be sent.
    pub(super) fn ready(&self, bytes: u64) {
        self.0.request.store(bytes, Ordering::Relaxed);
        self.0.sent.store(0, Ordering::Relaxed);
        self.0.status.store(0, Ordering::Relaxed);
    }

    pub(super) fn sent(&self, bytes: u64) {
        self.0.sent.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(super) fn answered(&self, status: u16) {
        self.0.status.store(status, Ordering::Relaxed);
    }

    pub(super) fn received(&self, bytes: u64) {
        self.0.received.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The status, once there is an answer.
    pub(super) fn status(&self) -> Option<u16> {
        Some(self.0.status.load(Ordering::Relaxed)).filter(|status| *status > 0)
    }

    /// How far, for programs.
    pub(super) fn word(&self) -> &'static str {
        let (request, sent) = (self.0.request.load(Ordering::Relaxed), self.0.sent.load(Ordering::Relaxed));
        match (self.status(), request, sent) {
            (Some(_), ..) => "receiving",
            (None, 0, _) => "preparing",
            (None, _, 0) => "connecting",
            (None, request, sent) if sent < request => "sending",
            (None, ..) => "waiting",
        }
    }
}

/// How far, for people.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        match (self.word(), self.status()) {
            ("receiving", Some(status)) => {
                write!(f, "the upstream had answered {status} and sent {} bytes of a body", count(&self.0.received))
            }
            ("preparing", _) => f.write_str("the request was being put together"),
            ("connecting", _) => f.write_str("there was no connection to the upstream yet"),
            ("sending", _) => {
                write!(f, "{} of {} bytes of the request were sent", count(&self.0.sent), count(&self.0.request))
            }
            _ => f.write_str("the request was sent and there was no answer yet"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_has_its_word() {
        let progress = Progress::default();
        assert_eq!(progress.word(), "preparing");
        progress.ready(10);
        assert_eq!(progress.word(), "connecting");
        progress.sent(4);
        assert_eq!(progress.to_string(), "4 of 10 bytes of the request were sent");
        progress.sent(6);
        assert_eq!(progress.word(), "waiting");
        progress.answered(200);
        progress.received(3);
        assert_eq!(progress.to_string(), "the upstream had answered 200 and sent 3 bytes of a body");
    }
}
