//! The sender on one line: "Acme Ltd | 12 High Street | Stanhope YC11 4FS".

use super::address;
use super::reading::Reading;
use super::title::is_title;
use crate::view::Span;

/// Marks between the parts of such a line. A comma parts as well a street from its town.
const MARKS: &[&str] = &[" | ", " · ", " • ", " – ", " — ", " - "];

/// Marks that stand in sentences as well: there are at least so many of them between a name, a street and a town.
const LISTS: &[&str] = &[" – ", " — ", " - ", " * ", " / ", "; ", ", "];
const LISTED: usize = 2;

/// A sender on one line.
#[derive(Debug, Clone)]
pub(super) struct Returned {
    pub(super) name: Span,
    /// Its street and its town, apart or in one.
    pub(super) address: Vec<Span>,
}

impl Returned {
    /// The sender of a line, if its first part is a name and its next ones are an address.
    pub(super) fn of(reading: &Reading, line: usize) -> Option<Self> {
        let text = reading.text(reading.view.whole(line));
        let mark = MARKS.iter().find(|mark| text.contains(**mark));
        let listed = || LISTS.iter().find(|mark| text.matches(**mark).count() >= LISTED);
        let mark = mark.or_else(listed)?;
        let mut parts = text.split(mark).map(str::trim).map(|part| {
            let start = part.as_ptr() as usize - text.as_ptr() as usize;
            Span { line, start, end: start + part.len() }
        });
        let name = parts.next().filter(|name| is_name(reading.text(*name)))?;
        let parts: Vec<Span> = parts.collect();
        let town = parts.iter().take(3).position(|part| address::is_town(reading.text(*part)))?;
        Some(Self { name, address: parts.get(..=town)?.to_vec() })
    }
}

fn is_name(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
        && !text.contains([':', '@'])
        && !text.bytes().any(|byte| byte.is_ascii_digit())
        && !is_title(text)
        && !address::is_line(text)
}
