//! The parent's conversation with a child about one task.

use std::io;

use documents::{ModelRequest, Output};
use tokio::io::{AsyncRead, AsyncWrite};

use crate::engine::models::Models;
use crate::engine::pool::Watch;
use crate::engine::protocol::{self, Cost, Order, Refusal, Report};

/// The two pipes.
pub(super) struct Conversation<'p, W, R> {
    pub(super) to: &'p mut W,
    pub(super) from: &'p mut R,
    /// The most bytes in the body of one frame.
    pub(super) frame_max_bytes: u64,
}

/// The frame that opens it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening<'f> {
    /// Of an [`Order::Start`].
    pub(super) head: &'f [u8],
    /// Each is written from where it lies.
    pub(super) documents: &'f [&'f [u8]],
}

/// How it ended.
#[derive(Debug, PartialEq)]
pub(super) enum Talked {
    Done(Output),
    Refused(Refusal),
    /// The child has asked for a model that has not answered, and has been told to forget the task.
    Unanswered,
}

/// Talks until the child has answered. After an error the child is in no known state.
pub(super) async fn converse<W: AsyncWrite + Unpin, R: AsyncRead + Unpin>(
    pipes: &mut Conversation<'_, W, R>,
    opening: Opening<'_>,
    models: &Models,
    watch: &Watch,
) -> io::Result<(Talked, Option<Cost>)> {
    protocol::write(pipes.to, opening.head, opening.documents).await?;
    loop {
        let (report, body): (Report, _) = protocol::read(pipes.from, pipes.frame_max_bytes).await?;
        match report {
            Report::Progress(progress) => {
                watch.send_replace(Some(progress));
            }
            Report::NeedModel => {
                let request: ModelRequest = serde_json::from_slice(&body)?;
                match models.ask(request).await {
                    Ok(answer) => pipes.send(&Order::ModelAnswer, &serde_json::to_vec(&answer)?).await?,
                    Err(error) => {
                        tracing::debug!(%error, "a model was asked for");
                        pipes.send(&Order::Abandon, b"").await?;
                        return Ok((Talked::Unanswered, None));
                    }
                }
            }
            Report::Done(cost) => return Ok((Talked::Done(serde_json::from_slice(&body)?), Some(cost))),
            Report::Refused { refusal, cost } => return Ok((Talked::Refused(refusal), Some(cost))),
        }
    }
}

impl<W: AsyncWrite + Unpin, R> Conversation<'_, W, R> {
    async fn send(&mut self, order: &Order, body: &[u8]) -> io::Result<()> {
        let head = protocol::encode_head(order, body.len() as u64, self.frame_max_bytes)?;
        protocol::write(self.to, &head, &[body]).await
    }
}
