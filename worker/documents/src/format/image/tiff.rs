//! TIFF holds a chain of directories, one a picture; its decoder reads the first. So each of them is made the first in
//! turn, by a reader that shows another offset in the header.

use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};

use image::RgbImage;

use super::decode;
use crate::detect::Kind;
use crate::error::Error;
use crate::limits::Limits;

/// Where a directory begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Directory(u64);

/// The two forms of the format: offsets of 32 bits, or of 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Form {
    is_big_endian: bool,
    is_big: bool,
}

impl Form {
    fn of(bytes: &[u8]) -> Option<Self> {
        let is_big_endian = match bytes.get(..2)? {
            b"MM" => true,
            b"II" => false,
            _ => return None,
        };
        let form = Self { is_big_endian, is_big: false };
        match form.number(bytes, 2, 2)? {
            42 => Some(form),
            43 => Some(Self { is_big: true, ..form }),
            _ => None,
        }
    }

    fn number(self, bytes: &[u8], at: u64, len: usize) -> Option<u64> {
        let at = usize::try_from(at).ok()?;
        let digits = bytes.get(at..at.checked_add(len)?)?;
        let number = |all: u64, &digit: &u8| all << 8 | u64::from(digit);
        Some(if self.is_big_endian { digits.iter().fold(0, number) } else { digits.iter().rev().fold(0, number) })
    }

    /// Where the header has the offset of the first directory, and how long an offset is.
    fn first(self) -> (u64, usize) {
        if self.is_big { (8, 8) } else { (4, 4) }
    }

    fn next(self, bytes: &[u8], directory: u64) -> Option<u64> {
        let (count, entry) = if self.is_big { (8, 20) } else { (2, 12) };
        let entries = self.number(bytes, directory, count)?;
        let link = directory.checked_add(count as u64)?.checked_add(entries.checked_mul(entry)?)?;
        self.number(bytes, link, self.first().1)
    }
}

/// All directories, in order.
pub(super) fn directories(bytes: &[u8], limits: &Limits) -> Result<Vec<Directory>, Error> {
    let invalid = |reason: &str| Error::Invalid { media_type: Kind::Tiff.media_type(), reason: reason.to_owned() };
    let form = Form::of(bytes).ok_or_else(|| invalid("its header is not that of a TIFF file"))?;
    let (at, len) = form.first();
    let mut next = form.number(bytes, at, len).unwrap_or(0);
    let mut found: Vec<Directory> = Vec::new();
    while next != 0 {
        if found.contains(&Directory(next)) {
            return Err(invalid("its directories form a circle"));
        }
        found.push(Directory(next));
        limits.check_pages(found.len())?;
        next = form.next(bytes, next).ok_or_else(|| invalid("a directory reaches beyond its end"))?;
    }
    if found.is_empty() {
        return Err(invalid("it has no directory"));
    }
    Ok(found)
}

/// The picture of one directory.
pub(super) fn picture(bytes: &[u8], directory: Directory, limits: &Limits) -> Result<RgbImage, Error> {
    decode::read(Starting::at(bytes, directory), Kind::Tiff, limits)
}

/// A TIFF file with another first directory.
struct Starting<'b> {
    header: Vec<u8>,
    bytes: &'b [u8],
    position: u64,
}

impl<'b> Starting<'b> {
    fn at(bytes: &'b [u8], Directory(offset): Directory) -> Self {
        let mut header = bytes.get(..16).unwrap_or(bytes).to_vec();
        if let Some(form) = Form::of(bytes) {
            let (at, len) = form.first();
            let digits = if form.is_big_endian { offset.to_be_bytes() } else { offset.to_le_bytes() };
            let digits = if form.is_big_endian { digits.get(8 - len..) } else { digits.get(..len) };
            let cell = usize::try_from(at).ok().and_then(|at| header.get_mut(at..at + len));
            if let (Some(cell), Some(digits)) = (cell, digits) {
                cell.copy_from_slice(digits);
            }
        }
        Self { header, bytes, position: 0 }
    }
}

impl Read for Starting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Starting<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let position = usize::try_from(self.position).unwrap_or(usize::MAX);
        let shown = if position < self.header.len() { &self.header } else { self.bytes };
        Ok(shown.get(position..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.position = self.position.saturating_add(count as u64);
    }
}

impl Seek for Starting<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut cursor = Cursor::new(self.bytes);
        cursor.set_position(self.position);
        self.position = cursor.seek(to)?;
        Ok(self.position)
    }
}
