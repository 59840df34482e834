//! From a file to a registry.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

use super::endpoint;
use super::limits::{ENDPOINTS_MAX, FILE_MAX_BYTES};
use super::mistakes::{Mistake, Mistakes, Notes};
use super::section::Section;
use crate::domain::{Endpoint, Registry, built_in};

/// What a file is read with.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The process's environment: what `${NAME}` stands for.
    pub variables: &'a dyn Fn(&str) -> Option<SecretString>,
    /// Whether a request schema can be used, or why not. A process that checks no requests need not look.
    pub schema: &'a dyn Fn(&Value) -> Result<(), String>,
}

/// What every part of the reading needs.
pub(super) struct Reading<'a> {
    pub(super) around: Surroundings<'a>,
    /// Where the files lie that the file names.
    pub(super) folder: PathBuf,
    pub(super) built_in: Vec<Endpoint>,
}

/// The registry that a file describes.
///
/// # Errors
/// [`Mistakes`], every one of them.
pub fn read(file: &Path, around: Surroundings<'_>) -> Result<Registry, Mistakes> {
    let whole = |rule| {
        let mistake = Mistake { line: None, field: String::new(), rule };
        Mistakes { file: file.to_owned(), all: vec![mistake] }
    };
    let text = text_of(file, FILE_MAX_BYTES).map_err(whole)?;
    let text = String::from_utf8(text).map_err(|_| whole("must be UTF-8".to_owned()))?;
    let folder = file.parent().unwrap_or_else(|| Path::new("")).to_owned();
    parse(file, &text, &Reading { around, folder, built_in: built_in() })
}

pub(super) fn parse(file: &Path, text: &str, reading: &Reading<'_>) -> Result<Registry, Mistakes> {
    let notes = Notes::new(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        notes.note(error.span().map_or(0, |span| span.start), "", error.message());
    }
    // A file that is no TOML is not read any further: what follows from its mistakes would hide them.
    let endpoints = if notes.is_empty() { endpoints(document.get_ref(), reading, &notes) } else { Vec::new() };
    notes.into_result(file)?;
    Ok(Registry::new(endpoints))
}

fn endpoints(document: &DeTable<'_>, reading: &Reading<'_>, notes: &Notes<'_>) -> Vec<Endpoint> {
    let top = Section::new(document, 0, String::new(), notes);
    top.only(&["endpoint"]);
    let Some(item) = top.item("endpoint") else { return Vec::new() };
    let DeValue::Array(items) = item.get_ref() else {
        notes.note(item.span().start, "endpoint", "must be tables, each headed [[endpoint]] with two brackets");
        return Vec::new();
    };
    if items.len() > ENDPOINTS_MAX {
        let rule = format!("there may be {ENDPOINTS_MAX} endpoints ({} are)", items.len());
        notes.note(item.span().start, "endpoint", rule);
        return Vec::new();
    }
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut read = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let place = format!("endpoint[{}]", index + 1);
        let DeValue::Table(table) = item.get_ref() else {
            notes.note(item.span().start, place, "must be a table");
            continue;
        };
        let section = Section::new(table, item.span().start, place, notes);
        let path = section.item("path").and_then(|path| path.get_ref().as_str()).unwrap_or_default();
        if let Some(number) = first.get(path) {
            section.refuse_all(format!("has the path of endpoint[{number}]"));
        }
        if !path.is_empty() {
            first.entry(path).or_insert(index + 1);
        }
        read.extend(endpoint::read(section, reading));
    }
    read
}

/// A file's bytes, or why they cannot be had.
pub(super) fn text_of(file: &Path, max_bytes: u64) -> Result<Vec<u8>, String> {
    let cannot = |error: std::io::Error| format!("cannot be read: {}", error.kind());
    let opened = std::fs::File::open(file).map_err(cannot)?;
    let mut bytes = Vec::new();
    opened.take(max_bytes + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > max_bytes { Err(format!("may have {max_bytes} bytes and has more")) } else { Ok(bytes) }
}
