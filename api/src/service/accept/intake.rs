//! What has arrived, cut into batches.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::batch::{Batch, Member};
use super::note_depth;

/// The end of the queue that the writers share.
#[derive(Debug)]
pub(super) struct Intake {
    arriving: mpsc::Receiver<Member>,
    /// The member that did not fit into the last batch.
    carried: Option<Member>,
    batch: usize,
    batch_bytes: usize,
}

impl Intake {
    pub(super) const fn new(arriving: mpsc::Receiver<Member>, batch: usize, batch_bytes: usize) -> Self {
        Self { arriving, carried: None, batch, batch_bytes }
    }

    /// Waits for one member and takes what else is there, up to the caps. `None` when the queue is closed and empty.
    pub(super) async fn next_batch(&mut self, closing: &CancellationToken) -> Option<Batch> {
        let first = match self.carried.take() {
            Some(member) => member,
            None => self.next_member(closing).await?,
        };
        let mut bytes = first.bytes();
        let mut batch = Batch::default();
        batch.push(first);
        while batch.len() < self.batch {
            let Ok(member) = self.arriving.try_recv() else { break };
            bytes += member.bytes();
            if bytes > self.batch_bytes {
                self.carried = Some(member);
                break;
            }
            batch.push(member);
        }
        note_depth(self.arriving.len() + usize::from(self.carried.is_some()));
        Some(batch)
    }

    /// Once `closing` is cancelled nothing more arrives, but what has arrived is still handed out.
    async fn next_member(&mut self, closing: &CancellationToken) -> Option<Member> {
        if let Some(member) = closing.run_until_cancelled(self.arriving.recv()).await {
            return member;
        }
        self.arriving.close();
        self.arriving.recv().await
    }
}
