//! What a request is answered.

use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

/// One answer, well-behaved or not.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Nothing is answered before this is true.
    pub(super) gate: Option<watch::Receiver<bool>>,
    pub(super) wait: Wait,
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// What is said of the body's length, when it is not the truth.
    pub(super) length: Option<u64>,
    pub(super) end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    For(Duration),
    /// The client must go away first.
    Forever,
    /// No answer at all: the connection is closed.
    Close,
}

/// What follows the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The next request.
    Next,
    /// The connection is closed.
    Close,
    /// Nothing, for ever.
    Hang,
    /// The body, again and again.
    Repeat,
}

impl Reply {
    /// This status and nothing else.
    #[must_use]
    pub const fn of(status: u16) -> Self {
        let wait = Wait::For(Duration::ZERO);
        Self { gate: None, wait, status, headers: Vec::new(), body: Vec::new(), length: None, end: End::Next }
    }

    /// A status and a JSON body.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self::of(status).header("content-type", "application/json").body(body.to_string())
    }

    /// Nothing, for ever.
    #[must_use]
    pub fn hang() -> Self {
        Self { wait: Wait::Forever, ..Self::of(200) }
    }

    /// The connection is closed without an answer.
    #[must_use]
    pub fn close() -> Self {
        Self { wait: Wait::Close, ..Self::of(200) }
    }

    /// One more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The body.
    #[must_use]
    pub fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// The service takes this long before it answers.
    #[must_use]
    pub fn after(self, time: Duration) -> Self {
        Self { wait: Wait::For(time), ..self }
    }

    /// The service answers when it is told to.
    #[must_use]
    pub fn when(self, gate: &watch::Receiver<bool>) -> Self {
        Self { gate: Some(gate.clone()), ..self }
    }

    /// `content-length` says this, whatever the body.
    #[must_use]
    pub fn claiming(self, length: u64) -> Self {
        Self { length: Some(length), ..self }
    }

    /// After the body the connection is closed. With a longer body claimed: it breaks within the answer.
    #[must_use]
    pub fn then_close(self) -> Self {
        Self { end: End::Close, ..self }
    }

    /// After the body nothing comes, for ever; a longer one is claimed.
    #[must_use]
    pub fn then_hang(self) -> Self {
        let length = self.body.len() as u64 + 1;
        Self { end: End::Hang, length: self.length.or(Some(length)), ..self }
    }

    /// The body is sent again and again, in chunks, for as long as the client takes it.
    #[must_use]
    pub fn endless(self) -> Self {
        Self { end: End::Repeat, ..self }
    }
}
