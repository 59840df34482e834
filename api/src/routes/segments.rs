//! An answer in JSON that is put together from parts while it is sent: payloads go in as they are held, and are never
//! copied into one text.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use serde::Serialize;
use shared::payload::{Pieces, Restored};

use crate::service::budget::Reserved;
use crate::service::jobs::Content;

/// The parts of an answer, in order.
#[derive(Debug, Default)]
pub(crate) struct Segments {
    parts: VecDeque<Part>,
    left: u64,
}

#[derive(Debug)]
enum Part {
    Text(Vec<u8>),
    Payload {
        pieces: Pieces,
        /// Given back when the last piece has been taken.
        _reserved: Reserved,
    },
}

impl Segments {
    /// Adds a text; what was added last is continued if it is a text too.
    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Adds a view without its closing bracket.
    pub(crate) fn open(&mut self, view: &impl Serialize) {
        let text = json(view);
        self.bytes(&text[..text.len() - 1]);
    }

    /// Adds a view without its opening bracket.
    pub(crate) fn close(&mut self, view: &impl Serialize) {
        self.bytes(&json(view)[1..]);
    }

    /// Adds a payload as it was written.
    pub(crate) fn payload(&mut self, content: Content) {
        let Content { text, reserved } = content;
        self.left += text.len();
        self.parts.push_back(Part::Payload { pieces: text.into_pieces(), _reserved: reserved });
    }

    /// Adds a view, with the part of the budget that it takes.
    pub(crate) fn held(&mut self, view: &impl Serialize, reserved: Reserved) {
        self.payload(Content { text: Restored::whole(json(view).into()), reserved });
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.left += bytes.len() as u64;
        match self.parts.back_mut() {
            Some(Part::Text(text)) => text.extend_from_slice(bytes),
            _ => self.parts.push_back(Part::Text(bytes.to_vec())),
        }
    }

    fn next_piece(&mut self) -> Option<Bytes> {
        loop {
            let piece = match self.parts.front_mut()? {
                Part::Text(text) => Some(std::mem::take(text).into()).filter(|text: &Bytes| !text.is_empty()),
                Part::Payload { pieces, .. } => pieces.next(),
            };
            if let Some(piece) = piece {
                self.left -= piece.len() as u64;
                return Some(piece);
            }
            self.parts.pop_front();
        }
    }
}

/// A view is an object.
fn json(view: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(view).unwrap_or_else(|_| unreachable!("views have text keys"))
}

impl Body for Segments {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.get_mut().next_piece().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::budget::ByteBudget;

    #[test]
    fn parts_are_sent_in_order_and_the_budget_is_given_back_on_the_way() {
        let budget = ByteBudget::new(4096);
        let content = |text: &'static str| Content {
            text: Restored::whole(Bytes::from_static(text.as_bytes())),
            reserved: budget.reserve(2048).unwrap(),
        };
        let mut segments = Segments::default();
        segments.open(&serde_json::json!({ "a": 1 }));
        segments.text(",\"one\":");
        segments.payload(content("{ }"));
        segments.text(",\"two\":");
        segments.payload(content("[2]"));
        segments.text(",");
        segments.close(&serde_json::json!({ "z": null }));
        let expected = r#"{"a":1,"one":{ },"two":[2],"z":null}"#;
        assert_eq!(segments.size_hint().exact(), Some(expected.len() as u64));
        let mut sent = Vec::new();
        for _ in 0..3 {
            sent.extend(segments.next_piece());
        }
        assert!(budget.reserve(1).is_ok() && budget.reserve(2049).is_err(), "the first payload has been sent");
        sent.extend(std::iter::from_fn(|| segments.next_piece()));
        assert_eq!(sent.concat(), expected.as_bytes());
        assert!(segments.is_end_stream() && budget.reserve(4096).is_ok());
    }
}
