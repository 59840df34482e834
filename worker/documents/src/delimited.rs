//! CSV and TSV: one table on one page.

use crate::error::Error;
use crate::limits::Limits;
use crate::options::TableFormat;
use crate::table::Table;

/// The separators seen in files called CSV; the first wins a draw.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Renders separated values as a table whose header is the first record. Without a given separator the one that
/// occurs most in the first record is taken: spreadsheets in half of Europe write semicolons.
pub(crate) fn parse(text: &str, separator: Option<u8>, format: TableFormat, limits: &Limits) -> Result<String, Error> {
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
        table.push(record.iter().map(|cell| cell.trim().replace("\r\n", "\n")).collect(), limits)?;
    }
    table.render(format, limits)
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
