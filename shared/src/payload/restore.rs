//! Putting files back into the text that they were taken out of, piece by piece.

use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

/// Bytes of a file that become one piece: whole groups of three, 256 KiB of base64.
const ENCODE_BYTES: usize = 192 * 1024;
/// Bytes of text of one piece, at most.
const PIECE_BYTES: usize = 256 * 1024;

/// A payload as it was written: the text that was kept and the files that belong into it. The base64 is made again only
/// while it is read.
#[derive(Debug, Clone)]
pub struct Restored {
    text: Bytes,
    files: Vec<File>,
}

/// A file and where its base64 belongs in the kept text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    pub(super) at: usize,
    pub(super) bytes: Bytes,
}

/// The pieces of a payload, in order; together they are what was written.
#[derive(Debug)]
pub struct Pieces {
    text: Bytes,
    /// Bytes of the kept text before `text`.
    passed: usize,
    files: VecDeque<File>,
    /// What is left of the file that is being written.
    file: Bytes,
}

impl Restored {
    /// A text of which nothing was taken out.
    #[must_use]
    pub const fn whole(text: Bytes) -> Self {
        Self { text, files: Vec::new() }
    }

    /// `None` when the places of the files are not in the text, or not in order.
    pub(super) fn new(text: Bytes, files: Vec<File>) -> Option<Self> {
        let in_order = files.is_sorted_by_key(|file| file.at);
        let within = files.last().is_none_or(|file| file.at <= text.len());
        (in_order && within).then_some(Self { text, files })
    }

    /// Length of what was written.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "no payload is empty")]
    pub fn len(&self) -> u64 {
        let encoded = |file: &File| file.bytes.len().div_ceil(3) as u64 * 4;
        self.text.len() as u64 + self.files.iter().map(encoded).sum::<u64>()
    }

    /// What was written, piece by piece.
    #[must_use]
    pub fn into_pieces(self) -> Pieces {
        Pieces { text: self.text, passed: 0, files: self.files.into(), file: Bytes::new() }
    }
}

impl Iterator for Pieces {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        loop {
            if !self.file.is_empty() {
                let part = self.file.split_to(self.file.len().min(ENCODE_BYTES));
                return Some(STANDARD.encode(part).into());
            }
            let until_file = self.files.front().map_or(self.text.len(), |file| file.at - self.passed);
            if until_file > 0 {
                let piece = self.text.split_to(until_file.min(PIECE_BYTES));
                self.passed += piece.len();
                return Some(piece);
            }
            self.file = self.files.pop_front()?.bytes;
        }
    }
}
