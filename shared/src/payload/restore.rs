//! Putting files back into the text that they were taken out of, piece by piece.

use std::collections::VecDeque;
use std::fmt;
use std::ops::Range;

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
    edits: Vec<Edit>,
}

/// A file and where its base64 belongs in the kept text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    pub(super) at: usize,
    pub(super) bytes: Bytes,
}

/// What stands in the payload in place of a part of the kept text.
#[derive(Clone)]
struct Edit {
    part: Range<usize>,
    put: Put,
}

#[derive(Clone)]
enum Put {
    /// A file's base64.
    File(Bytes),
    /// A text as it is.
    Text(Bytes),
}

/// The place only: what is put there may be a secret.
impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.part.fmt(f)
    }
}

/// The pieces of a payload, in order; together they are what was written.
#[derive(Debug)]
pub struct Pieces {
    text: Bytes,
    /// Bytes of the kept text before `text`.
    passed: usize,
    edits: VecDeque<Edit>,
    /// What is left of the file that is being written.
    file: Bytes,
}

impl Restored {
    /// A text of which nothing was taken out.
    #[must_use]
    pub const fn whole(text: Bytes) -> Self {
        Self { text, edits: Vec::new() }
    }

    /// `None` when the places of the files are not in the text, or not in order.
    pub(super) fn new(text: Bytes, files: Vec<File>) -> Option<Self> {
        let in_order = files.is_sorted_by_key(|file| file.at);
        let within = files.last().is_none_or(|file| file.at <= text.len());
        let edit = |file: File| Edit { part: file.at..file.at, put: Put::File(file.bytes) };
        (in_order && within).then(|| Self { text, edits: files.into_iter().map(edit).collect() })
    }

    /// The same with other texts in place of these parts of the kept one, none of which holds the place of a file.
    pub(super) fn replacing(mut self, parts: impl IntoIterator<Item = (Range<usize>, Bytes)>) -> Self {
        self.edits.extend(parts.into_iter().map(|(part, text)| Edit { part, put: Put::Text(text) }));
        self.edits.sort_by_key(|edit| edit.part.start);
        self
    }

    /// What was kept, without its files.
    pub(super) const fn text(&self) -> &Bytes {
        &self.text
    }

    /// Length of what was written.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "no payload is empty")]
    pub fn len(&self) -> u64 {
        let put = |edit: &Edit| match &edit.put {
            Put::File(bytes) => bytes.len().div_ceil(3) as u64 * 4,
            Put::Text(text) => text.len() as u64,
        };
        let replaced: usize = self.edits.iter().map(|edit| edit.part.len()).sum();
        (self.text.len() - replaced) as u64 + self.edits.iter().map(put).sum::<u64>()
    }

    /// What was written, piece by piece.
    #[must_use]
    pub fn into_pieces(self) -> Pieces {
        Pieces { text: self.text, passed: 0, edits: self.edits.into(), file: Bytes::new() }
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
            let until_edit = self.edits.front().map_or(self.text.len(), |edit| edit.part.start - self.passed);
            if until_edit > 0 {
                let piece = self.text.split_to(until_edit.min(PIECE_BYTES));
                self.passed += piece.len();
                return Some(piece);
            }
            let Edit { part, put } = self.edits.pop_front()?;
            self.passed += self.text.split_to(part.len()).len();
            match put {
                Put::File(bytes) => self.file = bytes,
                Put::Text(text) => return Some(text),
            }
        }
    }
}
