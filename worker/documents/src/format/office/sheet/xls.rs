//! XLS and XLT of Excel 5 to 2003.
//!
//! The records are read here and not by a crate, because those that were found hold a sheet as its whole range and a
//! shared string once for every cell: both grow far beyond the file.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::number::Format;
use super::strings::{self, Pieces};
use super::{Merged, Sheet, Used, Workbook};
use crate::document::Page;
use crate::error::Error;
use crate::format::Context;
use crate::format::office::codepage;
use crate::format::office::compound::{Compound, f64_at, u16_at, u32_at};
use crate::format::office::encrypted;

/// Records may be read this many times their number: sheets that overlap are no more than a way to multiply them.
const MAX_PASSES: usize = 4;

mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const END: u16 = 0x000A;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const CONTINUE: u16 = 0x003C;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00BD;
    pub(super) const RICH_STRING: u16 = 0x00D6;
    pub(super) const XF: u16 = 0x00E0;
    pub(super) const MERGE_CELLS: u16 = 0x00E5;
    pub(super) const SST: u16 = 0x00FC;
    pub(super) const LABEL_SST: u16 = 0x00FD;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const BEGIN: u16 = 0x0809;
}

/// The version that a stream of Excel 97 and later begins with.
const UNICODE_VERSION: u16 = 0x0600;

/// Reads a workbook.
pub(crate) fn read(bytes: &[u8], media_type: &'static str, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let mut compound = Compound::open(bytes, media_type)?;
    let stream = match compound.stream("/Workbook")? {
        Some(stream) => stream,
        None => compound.stream("/Book")?.ok_or_else(|| compound.invalid("it has no workbook"))?,
    };
    let globals = Globals::read(&stream, &compound)?;
    let mut workbook = Workbook::new(context.limits);
    let mut budget = stream.len().saturating_mul(MAX_PASSES);
    for (name, start) in &globals.sheets {
        let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
        let records = Records(stream.get(*start..).unwrap_or_default());
        let read = globals.sheet(records, &mut workbook, &mut sheet)?;
        budget = budget.checked_sub(read).ok_or_else(|| compound.invalid("its sheets overlap"))?;
        workbook.sheet(sheet)?;
    }
    Ok(workbook.finish())
}

/// The records of a stream: a kind and what it holds. A record that the stream cuts off is none.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.0, 0)?;
        let end = usize::from(u16_at(self.0, 2)?) + 4;
        let data = self.0.get(4..end)?;
        self.0 = self.0.get(end..).unwrap_or_default();
        Some((kind, data))
    }
}

/// What the sheets of a workbook share.
#[derive(Default)]
struct Globals {
    /// The encoding of strings before Unicode.
    old: Option<&'static Encoding>,
    is_1904: bool,
    strings: Vec<String>,
    formats: Vec<Format>,
    /// Names and where the records begin.
    sheets: Vec<(String, usize)>,
}

impl Globals {
    fn read(stream: &[u8], compound: &Compound<'_>) -> Result<Self, Error> {
        let mut globals = Self::default();
        let mut named: HashMap<u16, Format> = HashMap::new();
        let mut styles = Vec::new();
        let mut records = Records(stream);
        match records.next() {
            Some((kind::BEGIN, data)) => {
                let is_old = u16_at(data, 0) != Some(UNICODE_VERSION);
                globals.old = is_old.then_some(encoding_rs::WINDOWS_1252);
            }
            _ => return Err(compound.invalid("it is older than Excel 5, or damaged")),
        }
        while let Some((kind, data)) = records.next() {
            match kind {
                kind::END => break,
                kind::FILE_PASS => return Err(encrypted()),
                kind::DATE_MODE => globals.is_1904 = u16_at(data, 0) == Some(1),
                kind::CODE_PAGE if globals.old.is_some() => {
                    globals.old = u16_at(data, 0).map(codepage::encoding);
                }
                kind::XF => styles.push(u16_at(data, 2).unwrap_or(0)),
                kind::FORMAT => {
                    let (length, start) = match globals.old {
                        Some(_) => (data.get(2).copied().map(usize::from), 3),
                        None => (u16_at(data, 2).map(usize::from), 4),
                    };
                    if let (Some(id), Some(length), Some(rest)) = (u16_at(data, 0), length, data.get(start..)) {
                        named.insert(id, Format::parse(&strings::read(rest, length, globals.old)));
                    }
                }
                kind::BOUND_SHEET => globals.sheets.extend(bound_sheet(data, globals.old)),
                kind::SST => {
                    let mut pieces = vec![data];
                    while u16_at(records.0, 0) == Some(kind::CONTINUE) {
                        pieces.extend(records.next().map(|(_, data)| data));
                    }
                    globals.strings = shared_strings(pieces);
                }
                _ => {}
            }
        }
        let format = |id: &u16| named.get(id).cloned().unwrap_or_else(|| Format::built_in(u32::from(*id)));
        globals.formats = styles.iter().map(format).collect();
        Ok(globals)
    }

    /// Reads the records of a sheet and says how many bytes they have.
    fn sheet(&self, mut records: Records<'_>, workbook: &mut Workbook<'_>, sheet: &mut Sheet) -> Result<usize, Error> {
        let size = records.0.len();
        // Charts are streams of their own inside that of the sheet.
        let mut depth = 0_usize;
        let mut formula = None;
        for (kind, data) in records.by_ref() {
            match kind {
                kind::BEGIN => depth += 1,
                kind::END if depth <= 1 => break,
                kind::END => depth -= 1,
                _ if depth > 1 => {}
                kind::MERGE_CELLS => sheet.merged.extend(merged(data)),
                kind::MUL_RK => self.many_numbers(data, workbook, sheet)?,
                kind::STRING => {
                    // It belongs to the formula before it.
                    let length = u16_at(data, 0).map_or(0, usize::from);
                    let text = strings::read(data.get(2..).unwrap_or_default(), length, self.old);
                    if let Some((row, column)) = formula.take() {
                        workbook.cell(sheet, Used { row, column, text, is_number: false })?;
                    }
                }
                kind => {
                    let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { continue };
                    let (row, column) = (u32::from(row), u32::from(column));
                    if kind == kind::FORMULA {
                        formula = Some((row, column));
                    }
                    if let Some((text, is_number)) = self.value(kind, data) {
                        workbook.cell(sheet, Used { row, column, text, is_number })?;
                    }
                }
            }
        }
        Ok(size - records.0.len())
    }

    /// What a record writes into its cell, and whether it is a number.
    fn value(&self, kind: u16, data: &[u8]) -> Option<(String, bool)> {
        let style = u16_at(data, 4)?;
        let number = |number: Option<f64>| Some((self.number(number?, style), true));
        match kind {
            kind::NUMBER => number(f64_at(data, 6)),
            kind::RK => number(u32_at(data, 6).map(packed)),
            kind::LABEL_SST => {
                let index = usize::try_from(u32_at(data, 6)?).ok()?;
                Some((self.strings.get(index)?.clone(), false))
            }
            kind::LABEL | kind::RICH_STRING => {
                let length = usize::from(u16_at(data, 6)?);
                Some((strings::read(data.get(8..)?, length, self.old), false))
            }
            kind::BOOL_ERR => Some((bool_or_error(*data.get(6)?, *data.get(7)? != 0), false)),
            // A result that is no number is marked by what no number begins with.
            kind::FORMULA if u16_at(data, 12)? != 0xFFFF => number(f64_at(data, 6)),
            kind::FORMULA => match *data.get(6)? {
                1 => Some((bool_or_error(*data.get(8)?, false), false)),
                2 => Some((bool_or_error(*data.get(8)?, true), false)),
                _ => None,
            },
            _ => None,
        }
    }

    fn many_numbers(&self, data: &[u8], workbook: &mut Workbook<'_>, sheet: &mut Sheet) -> Result<(), Error> {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return Ok(()) };
        let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        for (column, cell) in (u32::from(first)..).zip(cells.chunks_exact(6)) {
            let (Some(style), Some(number)) = (u16_at(cell, 0), u32_at(cell, 2)) else { continue };
            let text = self.number(packed(number), style);
            workbook.cell(sheet, Used { row: u32::from(row), column, text, is_number: true })?;
        }
        Ok(())
    }

    fn number(&self, number: f64, style: u16) -> String {
        self.formats.get(usize::from(style)).unwrap_or(&Format::General).render(number, self.is_1904)
    }
}

fn bound_sheet(data: &[u8], old: Option<&'static Encoding>) -> Option<(String, usize)> {
    let start = usize::try_from(u32_at(data, 0)?).ok()?;
    // Worksheets only: no charts, no modules of programs.
    (*data.get(5)? == 0).then_some(())?;
    let name = strings::read(data.get(7..)?, usize::from(*data.get(6)?), old);
    Some((name, start))
}

fn shared_strings(pieces: Vec<&[u8]>) -> Vec<String> {
    let mut pieces = Pieces::new(pieces);
    // How many there are is not believed.
    let _counts = (pieces.u32(), pieces.u32());
    std::iter::from_fn(|| {
        let length = pieces.u16()?;
        pieces.string(usize::from(length))
    })
    .collect()
}

fn merged(data: &[u8]) -> impl Iterator<Item = Merged> {
    data.get(2..).unwrap_or_default().chunks_exact(8).filter_map(|area| {
        let side = |at: usize| u16_at(area, at).map(u32::from);
        Some(Merged { top: side(0)?, bottom: side(2)?, left: side(4)?, right: side(6)? })
    })
}

/// A number in four bytes: the upper half of a long one, or a whole one, perhaps of hundredths.
fn packed(bits: u32) -> f64 {
    let number =
        if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
    if bits & 1 == 0 { number } else { number / 100.0 }
}

fn bool_or_error(value: u8, is_error: bool) -> String {
    let text = match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0F) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1D) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    };
    text.to_owned()
}
