//! The properties of a message, a recipient or an attachment.

use std::io::{Cursor, Read as _};

use encoding_rs::{Encoding, UTF_16LE, WINDOWS_1252};

use super::missing;
use crate::encoding;
use crate::error::Error;
use crate::format::office::codepage;
use crate::limits::Limits;

/// The types of properties: text in a code page and in UTF-16, bytes.
const TEXT_8: u16 = 0x001e;
const TEXT_16: u16 = 0x001f;
const BINARY: u16 = 0x0102;
/// The code pages of the text of a message, and of the bytes of its HTML.
const MESSAGE_CODE_PAGE: u16 = 0x3ffd;
const BODY_CODE_PAGE: u16 = 0x3fde;
/// What comes before the properties of fixed size: at the root, in a message that is attached, in other storages.
const ROOT_HEADER: usize = 32;
const MESSAGE_HEADER: usize = 24;
const PART_HEADER: usize = 8;

/// The compound file.
pub(super) struct Storage<'b> {
    file: cfb::CompoundFile<Cursor<&'b [u8]>>,
    size: usize,
}

impl<'b> Storage<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Error> {
        let file = cfb::CompoundFile::open(Cursor::new(bytes))
            .map_err(|_| missing("the directory of its streams cannot be read"))?;
        Ok(Self { file, size: bytes.len() })
    }

    /// The paths of the storages whose name starts so, in the order of their numbers.
    pub(super) fn inner(&self, path: &str, prefix: &str) -> Vec<String> {
        let Ok(entries) = self.file.read_storage(path) else { return Vec::new() };
        let entries = entries.filter(|entry| entry.is_storage() && entry.name().starts_with(prefix));
        let mut paths: Vec<String> = entries.map(|entry| join(path, entry.name())).collect();
        paths.sort_unstable();
        paths
    }

    /// The bytes of a stream. None if there is no such stream.
    fn stream(&mut self, path: &str, read: &mut usize, limits: &Limits) -> Result<Option<Vec<u8>>, Error> {
        if !self.file.is_stream(path) {
            return Ok(None);
        }
        let unreadable = || missing("one of its streams cannot be read");
        let mut stream = self.file.open_stream(path).map_err(|_| unreadable())?;
        let mut bytes = Vec::new();
        // A stream is no longer than the file, whatever it says.
        (&mut stream).take(self.size as u64).read_to_end(&mut bytes).map_err(|_| unreadable())?;
        *read += bytes.len();
        limits.check_input_bytes(*read)?;
        Ok(Some(bytes))
    }
}

fn join(path: &str, name: &str) -> String {
    format!("{}/{name}", path.trim_end_matches('/'))
}

/// The properties in one storage.
pub(super) struct Properties<'s, 'b> {
    storage: &'s mut Storage<'b>,
    path: String,
    /// Entries of 16 bytes: type, number, flags and value.
    fixed: Vec<u8>,
    code_page: u32,
    read: &'s mut usize,
    limits: &'s Limits,
}

impl<'s, 'b> Properties<'s, 'b> {
    pub(super) fn of_message(
        storage: &'s mut Storage<'b>,
        path: &str,
        read: &'s mut usize,
        limits: &'s Limits,
    ) -> Result<Self, Error> {
        let header = if path == "/" { ROOT_HEADER } else { MESSAGE_HEADER };
        let mut properties = Self::open(storage, path, header, read, limits)?;
        properties.code_page = properties.number(MESSAGE_CODE_PAGE).unwrap_or_default();
        Ok(properties)
    }

    /// A recipient or an attachment of a message with this code page.
    pub(super) fn of_part(
        storage: &'s mut Storage<'b>,
        path: &str,
        code_page: u32,
        read: &'s mut usize,
        limits: &'s Limits,
    ) -> Result<Self, Error> {
        let properties = Self::open(storage, path, PART_HEADER, read, limits)?;
        Ok(Self { code_page, ..properties })
    }

    fn open(
        storage: &'s mut Storage<'b>,
        path: &str,
        header: usize,
        read: &'s mut usize,
        limits: &'s Limits,
    ) -> Result<Self, Error> {
        let fixed = storage.stream(&join(path, "__properties_version1.0"), read, limits)?.unwrap_or_default();
        let fixed = fixed.get(header..).unwrap_or_default().to_vec();
        Ok(Self { storage, path: path.to_owned(), fixed, code_page: 0, read, limits })
    }

    pub(super) fn code_page(&self) -> u32 {
        self.code_page
    }

    /// A property of text.
    pub(super) fn text(&mut self, number: u16) -> Result<Option<String>, Error> {
        if let Some(bytes) = self.variable(number, TEXT_16)? {
            return Ok(Some(UTF_16LE.decode_without_bom_handling(&bytes).0.trim_end_matches('\0').to_owned()));
        }
        let bytes = self.variable(number, TEXT_8)?;
        let decoded = bytes.map(|bytes| {
            encoding_named(self.code_page).unwrap_or(WINDOWS_1252).decode_without_bom_handling(&bytes).0.into_owned()
        });
        Ok(decoded.map(|text| text.trim_end_matches('\0').to_owned()))
    }

    /// A property of bytes.
    pub(super) fn binary(&mut self, number: u16) -> Result<Option<Vec<u8>>, Error> {
        self.variable(number, BINARY)
    }

    /// The HTML text, which is kept as text or as the bytes of a page.
    pub(super) fn html(&mut self, number: u16) -> Result<Option<String>, Error> {
        let Some(bytes) = self.binary(number)? else { return self.text(number) };
        let declared = self.number(BODY_CODE_PAGE).and_then(encoding_named);
        let media_type = declared.map(|encoding| format!("text/html; charset={}", encoding.name()));
        Ok(Some(encoding::decode_markup(&bytes, media_type.as_deref()).into_owned()))
    }

    /// A property of up to 32 bits.
    pub(super) fn number(&self, number: u16) -> Option<u32> {
        self.fixed_value(number).and_then(|value| value.first_chunk()).map(|value| u32::from_le_bytes(*value))
    }

    /// A property of a point in time, to the minute.
    pub(super) fn time(&self, number: u16) -> Option<String> {
        let ticks = self.fixed_value(number)?.first_chunk().map(|value| u64::from_le_bytes(*value))?;
        (ticks > 0).then(|| date(ticks))
    }

    fn fixed_value(&self, number: u16) -> Option<&[u8]> {
        let entries = self.fixed.chunks_exact(16);
        let mut values = entries.filter(|entry| entry[2..4] == number.to_le_bytes()).map(|entry| &entry[8..16]);
        values.next()
    }

    fn variable(&mut self, number: u16, kind: u16) -> Result<Option<Vec<u8>>, Error> {
        let path = join(&self.path, &format!("__substg1.0_{number:04X}{kind:04X}"));
        self.storage.stream(&path, self.read, self.limits)
    }
}

/// The encoding that Windows knows by this number; none if none is given.
fn encoding_named(code_page: u32) -> Option<&'static Encoding> {
    u16::try_from(code_page).ok().filter(|number| *number != 0).map(codepage::encoding)
}

/// A count of tenths of a microsecond since the year 1601, in UTC.
fn date(ticks: u64) -> String {
    let minutes = ticks / 600_000_000;
    let (days, minute) = (minutes / 1_440, minutes % 1_440);
    // 400 years have 146 097 days, and 1600 is where such a span begins: with March, so that the leap day is its last.
    let days = days + 306;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, year) =
        (if month < 10 { month + 3 } else { month - 9 }, 1600 + era * 400 + year + u64::from(month >= 10));
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", minute / 60, minute % 60)
}
