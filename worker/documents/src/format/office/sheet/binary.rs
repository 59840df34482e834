//! XLSB, by calamine's reader of single cells.

use std::io::Cursor;
use std::panic::AssertUnwindSafe;

use calamine::{DataRef, Reader as _, SheetType, Xlsb, XlsbError};

use super::date::{self, Shown};
use super::number::general;
use super::{Sheet, Used, Workbook};
use crate::document::Page;
use crate::error::Error;
use crate::format::Context;
use crate::format::office::compound::guarded;
use crate::format::office::container::Container;
use crate::format::office::encrypted;

/// Reads a workbook.
pub(crate) fn read(bytes: &[u8], media_type: &'static str, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let limits = context.limits;
    // The crate inflates without caps, so everything is inflated with them before.
    Container::open(bytes, media_type, limits)?
        .check_parts(|name| !name.contains("/media/") && !name.contains("/embeddings/"))?;
    let invalid = |error: XlsbError| match error {
        XlsbError::Password => encrypted(),
        _ => Error::Invalid { media_type, reason: "its records are damaged".to_owned() },
    };
    guarded(
        media_type,
        AssertUnwindSafe(|| {
            let mut file = Xlsb::new(Cursor::new(bytes)).map_err(invalid)?;
            let is_1904 = file.has_1904_epoch();
            let listed = file.sheets_metadata().to_vec();
            let mut workbook = Workbook::new(limits);
            for listed in listed.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
                let mut sheet = Sheet { name: listed.name.clone(), ..Sheet::default() };
                let mut cells = file.worksheet_cells_reader(&listed.name).map_err(invalid)?;
                while let Some(cell) = cells.next_cell().map_err(invalid)? {
                    let (row, column) = cell.get_position();
                    let (text, is_number) = value(cell.get_value(), is_1904);
                    workbook.cell(&mut sheet, Used { row, column, text, is_number })?;
                }
                workbook.sheet(sheet)?;
            }
            Ok(workbook.finish())
        }),
    )
}

fn value(data: &DataRef<'_>, is_1904: bool) -> (String, bool) {
    match data {
        DataRef::Int(number) => (number.to_string(), true),
        DataRef::Float(number) => (general(*number), true),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (text.clone(), false),
        DataRef::SharedString(text) => ((*text).to_owned(), false),
        DataRef::Bool(value) => ((if *value { "TRUE" } else { "FALSE" }).to_owned(), false),
        DataRef::DateTime(moment) => {
            let shown = match moment.as_f64() {
                _ if moment.is_duration() => Shown::Duration,
                serial if (0.0..1.0).contains(&serial) => Shown::Time,
                _ => Shown::DateAndTime,
            };
            let text = date::render(moment.as_f64(), shown, is_1904);
            (text.unwrap_or_else(|| general(moment.as_f64())), true)
        }
        DataRef::Error(error) => (error.to_string(), false),
        DataRef::Empty => (String::new(), false),
    }
}
