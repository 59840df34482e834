//! Days and times without a label: the date of a letter, the time of a receipt.

use serde_json::Value;

use super::super::candidate::{Best, Candidate};
use super::super::leaf::Leaf;
use super::super::normal;
use super::super::reading::Typed;
use super::Search;
use crate::schema;
use crate::value::Kind;
use crate::view::Span;

/// What the first date of a page is worth without a label, for the field that asks for the date of the document.
const FIRST_DATE: f32 = 0.66;
/// What a time is worth beside a day, without a label.
const BESIDE_DAY: f32 = 0.72;
/// A time stands at most this far beside its day, in heights of the line.
const FAR: f32 = 30.0;
/// What stands between two hours.
const DASHES: [char; 3] = ['-', '–', '—'];

impl Search<'_> {
    /// The time of a receipt, which stands beside its day.
    pub(super) fn push_first_time(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let first = self.reading.values.iter().find(|typed| match typed.value.kind() {
            Kind::DateTime => !self.reading.mail_head.contains(&typed.span.line) && !self.is_hours(typed.span),
            Kind::Time => self.has_day(typed.span.line) && !self.is_hours(typed.span),
            _ => false,
        });
        if let Some(typed) = first
            && let Some(value) = self.clock(leaf, typed)
        {
            best.push(Candidate { spans: vec![typed.span], value, score: BESIDE_DAY * (0.6 + 0.4 * typed.confidence) });
        }
    }

    /// Whether a day stands on a line or right beside it.
    fn has_day(&self, line: usize) -> bool {
        let view = &self.reading.view;
        let row = [Some(line), view.next_left(line, FAR), view.next_right(line, FAR)];
        row.into_iter().flatten().any(|line| {
            let mut values = self.reading.values_of(line).iter();
            values.any(|typed| matches!(typed.value.kind(), Kind::Date | Kind::DateTime))
        })
    }

    /// Whether a time is one of the hours of a shop: "8:00–17:30".
    fn is_hours(&self, time: Span) -> bool {
        let text = self.reading.text(self.reading.view.whole(time.line));
        let words = text.split(|sign: char| sign.is_whitespace() || DASHES.contains(&sign));
        words.filter(|word| is_clock(word)).count() > 1
    }

    /// A time as it is written, without the seconds that no one wrote, unless the field has the form of a time.
    pub(super) fn clock(&self, leaf: &Leaf<'_>, typed: &Typed) -> Option<Value> {
        let value = normal::of_typed(leaf, &typed.value, Kind::Time)?;
        let is_free = matches!(leaf.field.kind, schema::Kind::Text { format: None, .. });
        let has_seconds = ends_in_seconds(self.reading.text(typed.span));
        match value.as_str().and_then(|text| text.strip_suffix(":00")) {
            Some(short) if is_free && !has_seconds => normal::of_text(leaf, short),
            _ => Some(value),
        }
    }

    /// Whether a day stands in no table, unless it is alone on its row or the only one there.
    fn is_apart(&self, span: Span) -> bool {
        let view = &self.reading.view;
        let row = view.lines.get(span.line).and_then(|line| line.cell).map(|cell| cell.row);
        let alone = view.grid_of(span.line).zip(row).is_some_and(|(grid, row)| grid.row(row).count() == 1);
        let is_day = |typed: &&Typed| matches!(typed.value.kind(), Kind::Date | Kind::DateTime);
        let cell = |line: usize| view.lines.get(line).and_then(|line| line.cell).map(|cell| cell.grid);
        let days = self.reading.values.iter().filter(is_day).filter(|typed| cell(typed.span.line) == cell(span.line));
        alone || row.is_none() || days.count() == 1
    }

    /// The date of a letter or a receipt, which says so nowhere.
    pub(super) fn push_first_date(&self, leaf: &Leaf<'_>, best: &mut Best) {
        if !leaf.is_main() {
            return;
        }
        let first = self.reading.values.iter().zip(self.labels).find(|(typed, labels)| {
            matches!(typed.value.kind(), Kind::Date | Kind::DateTime)
                && !self.reading.mail_head.contains(&typed.span.line)
                && !is_aside(self.reading.text(Span { start: 0, end: typed.span.start, ..typed.span }))
                && self.reading.view.lines.get(typed.span.line).is_some_and(|line| line.page == 1)
                && self.is_apart(typed.span)
                && self.named(typed.span, labels, leaf).claimed < 0.4
        });
        if let Some((typed, _)) = first
            && let Some(value) = normal::of_typed(leaf, &typed.value, Kind::Date)
        {
            best.push(Candidate { spans: vec![typed.span], value, score: FIRST_DATE * (0.6 + 0.4 * typed.confidence) });
        }
    }
}

fn is_clock(word: &str) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once(':').is_some_and(|(hour, minute)| is_digits(hour) && is_digits(minute.get(..2).unwrap_or_default()))
}

/// Whether a time of day is written with its seconds: 09:30:00.
fn ends_in_seconds(text: &str) -> bool {
    let clock = text.trim_end().rsplit([' ', 'T', ',']).next().unwrap_or_default();
    clock.matches(':').count() == 2
}

/// Whether what stands before a day says that it is one of printing, of an enquiry or of receipt.
fn is_aside(text: &str) -> bool {
    const ASIDE: &[&str] = &[
        "printed",
        "enquiry",
        "inquiry",
        "received",
        "imprimé",
        "édité",
        "demande",
        "reçu",
        "druck",
        "anfrage",
        "eingang",
        "eingegangen",
        "impres",
        "solicitud",
        "consulta",
        "recibid",
    ];
    let text = text.to_lowercase();
    ASIDE.iter().any(|word| text.contains(word))
}
