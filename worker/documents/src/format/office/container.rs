//! The zip container of Office and OpenDocument files, read with caps.
//!
//! Nothing is believed of what the container says about itself: sizes are counted while parts are inflated. Archives
//! inside it are never opened.

use std::collections::HashMap;
use std::io::{Cursor, ErrorKind, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::encrypted;
use crate::error::Error;
use crate::limits::Limits;

/// Up to here a part may inflate at any ratio: short parts of repeated XML do.
const FREE_INFLATION: u64 = 8 << 20;
/// The start of a compound file: what an encrypted Office file is.
const COMPOUND_FILE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// An open container.
pub(crate) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The index of each entry by its name in lower case, without a slash at its start.
    names: HashMap<String, usize>,
    limits: &'a Limits,
    media_type: &'static str,
    inflated: u64,
}

impl<'a> Container<'a> {
    /// Opens a container.
    pub(crate) fn open(bytes: &'a [u8], media_type: &'static str, limits: &'a Limits) -> Result<Self, Error> {
        if bytes.starts_with(&COMPOUND_FILE) {
            return Err(compound_file(bytes, media_type));
        }
        check_declared_entries(bytes, limits)?;
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(media_type, &error))?;
        limits.check_container_entries(archive.len())?;
        let names = (0..archive.len())
            .filter_map(|index| Some((normalize(&archive.name_for_index(index)?.ok()?), index)))
            .collect();
        Ok(Self { archive, names, limits, media_type, inflated: 0 })
    }

    /// The caps it is read with.
    pub(crate) fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// What the document is called in errors.
    pub(crate) fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// An error about the document.
    pub(crate) fn invalid(&self, reason: impl Into<String>) -> Error {
        Error::Invalid { media_type: self.media_type, reason: reason.into() }
    }

    /// The bytes of a part, or nothing if the container has no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(&index) = self.names.get(&normalize(name)) else { return Ok(None) };
        let media_type = self.media_type;
        let file = self.archive.by_index(index).map_err(|error| broken(media_type, &error))?;
        // What admits to be too large need not be inflated to be refused.
        self.limits.check_part_bytes(usize::try_from(file.size()).unwrap_or(usize::MAX))?;
        let compressed = file.compressed_size().max(1);
        let by_ratio = compressed.saturating_mul(self.limits.max_inflation_ratio).max(FREE_INFLATION);
        let most = self.limits.max_part_bytes.min(by_ratio);
        let mut bytes = Vec::new();
        file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| match error.kind() {
            ErrorKind::OutOfMemory => Error::OutOfMemory,
            kind => Error::Invalid { media_type, reason: format!("a part does not inflate: {kind}") },
        })?;
        let size = bytes.len() as u64;
        if size > by_ratio {
            self.limits.check_inflation_ratio(size.div_ceil(compressed))?;
        }
        self.limits.check_part_bytes(bytes.len())?;
        self.inflated = self.inflated.saturating_add(size);
        self.limits.check_container_bytes(self.inflated)?;
        Ok(Some(bytes))
    }

    /// The bytes of a part without which there is no document.
    pub(crate) fn required(&mut self, name: &str) -> Result<Vec<u8>, Error> {
        self.part(name)?.ok_or_else(|| self.invalid(format!("the part {name} is missing")))
    }

    /// Inflates every part whose name the function accepts and throws it away: whoever reads the container by other
    /// means then gets no more than the caps allow.
    pub(crate) fn check_parts(&mut self, accepts: impl Fn(&str) -> bool) -> Result<(), Error> {
        let mut names: Vec<String> = self.names.keys().filter(|name| accepts(name)).cloned().collect();
        names.sort_unstable();
        names.iter().try_for_each(|name| self.part(name).map(|_| ()))
    }
}

/// The number of entries that the end of the container declares, before any of them is read: the reader makes an index
/// of all.
fn check_declared_entries(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    let window = bytes.len().saturating_sub(usize::from(u16::MAX) + 22);
    let tail = bytes.get(window..).unwrap_or_default();
    let Some(at) = tail.windows(4).rposition(|tag| tag == b"PK\x05\x06") else { return Ok(()) };
    let declared = tail.get(at + 10..at + 12).and_then(|count| count.try_into().ok()).map_or(0, u16::from_le_bytes);
    limits.check_container_entries(usize::from(declared))
}

fn normalize(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// An Office file in a compound file instead of a zip container is an encrypted one, whose streams have these names in
/// UTF-16.
fn compound_file(bytes: &[u8], media_type: &'static str) -> Error {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        return encrypted();
    }
    Error::Invalid { media_type, reason: "it is a compound file, not a zip container".to_owned() }
}

fn broken(media_type: &'static str, error: &ZipError) -> Error {
    let reason = match error {
        ZipError::UnsupportedArchive(reason) if reason.to_ascii_lowercase().contains("password") => return encrypted(),
        ZipError::UnsupportedArchive(reason) => format!("its zip container cannot be read: {reason}"),
        _ => "its zip container is damaged".to_owned(),
    };
    Error::Invalid { media_type, reason }
}

/// The path of a part that another part names: relative to the folder of that part, or from the root.
pub(crate) fn resolve(from: &str, target: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut path: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        path.extend(folder.split('/').filter(|step| !step.is_empty()));
    }
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}
