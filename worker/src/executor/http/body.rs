//! A request body: put together while it is sent, of a length that is known before.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use shared::payload::{Pieces, Restored};

use super::progress::Progress;

/// The stored request as it was written, files included.
pub(super) struct Outgoing {
    pieces: Pieces,
    left: u64,
    progress: Progress,
}

impl Outgoing {
    pub(super) fn new(request: Restored, progress: Progress) -> Self {
        let left = request.len();
        progress.ready(left);
        Self { left, pieces: request.into_pieces(), progress }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.pieces.next();
        if let Some(piece) = &piece {
            self.left = self.left.saturating_sub(piece.len() as u64);
            self.progress.sent(piece.len() as u64);
        }
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
