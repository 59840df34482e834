//! CSV and TSV: one table on one page.

use crate::document::{Block, Page, Table};
use crate::error::Error;
use crate::limits::Limits;

/// The separators seen in files called CSV; the first wins a draw.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads separated values as a table whose header is the first record. Without a given separator the one that
/// occurs most in the first record is taken: spreadsheets in half of Europe write semicolons.
pub(crate) fn read(text: &str, separator: Option<u8>, limits: &Limits) -> Result<Page, Error> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.unwrap_or_else(|| sniff(text)))
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    for record in reader.records() {
        let record = record.map_err(|error| Error::Invalid {
            media_type: "text/csv",
            reason: format!("unreadable record: {error}"),
        })?;
        table.push_row(record.iter().map(|cell| cell.trim().replace("\r\n", "\n")), limits)?;
    }
    table.header_rows = 1;
    Ok(Page::of_blocks(vec![Block::table(table)]))
}

fn sniff(text: &str) -> u8 {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut in_quotes = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' | b'\r' if !in_quotes => break,
            _ if in_quotes => {}
            _ => {
                if let Some(index) = SEPARATORS.iter().position(|&separator| separator == byte) {
                    counts[index] += 1;
                }
            }
        }
    }
    // Of equal counts `max_by_key` takes the last, hence from the back.
    let best = (0..SEPARATORS.len()).rev().max_by_key(|&index| counts[index]).unwrap_or(0);
    SEPARATORS[best]
}
