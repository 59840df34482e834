//! Compound files: the container of the binary formats of Office.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::error::Error;

/// An open compound file.
pub(crate) struct Compound<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    media_type: &'static str,
    size: usize,
}

impl<'a> Compound<'a> {
    /// Opens a compound file.
    pub(crate) fn open(bytes: &'a [u8], media_type: &'static str) -> Result<Self, Error> {
        let file = CompoundFile::open(Cursor::new(bytes))
            .map_err(|_| Error::Invalid { media_type, reason: "its compound file is damaged".to_owned() })?;
        Ok(Self { file, media_type, size: bytes.len() })
    }

    /// The bytes of a stream, or nothing if there is no such stream. A stream is not longer than the file it lies in.
    pub(crate) fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        if !self.file.is_stream(name) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let most = self.size as u64;
        let read = self.file.open_stream(name).and_then(|stream| stream.take(most).read_to_end(&mut bytes));
        match read {
            Ok(_) => Ok(Some(bytes)),
            Err(_) => Err(self.invalid("a stream of its compound file is damaged")),
        }
    }

    /// An error about the document.
    pub(crate) fn invalid(&self, reason: impl Into<String>) -> Error {
        Error::Invalid { media_type: self.media_type, reason: reason.into() }
    }
}

/// Two bytes of a record, little end first.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// Four bytes of a record.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

/// A number of eight bytes of a record.
pub(crate) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(f64::from_le_bytes)
}

/// Runs a reader of another crate. A panic in it is a file that it cannot read.
pub(crate) fn guarded<T>(
    media_type: &'static str,
    read: impl FnOnce() -> Result<T, Error> + std::panic::UnwindSafe,
) -> Result<T, Error> {
    std::panic::catch_unwind(read)
        .unwrap_or_else(|_| Err(Error::Invalid { media_type, reason: "its structure contradicts itself".to_owned() }))
}
