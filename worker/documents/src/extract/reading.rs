//! A document as it is searched: its view, and the typed values in it.

use std::ops::Range;

use super::legend::Legends;
use crate::document::{Declared, Document};
use crate::error::Error;
use crate::language;
use crate::value::{self, Kind, Locale};
use crate::view::{Line, Span, View};

/// Lines in which values are looked for: some 200 pages. Header fields of longer documents stand before that.
const MAX_LINES: usize = 12_000;

/// A document as it is searched.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) view: View,
    pub(crate) locale: Locale,
    /// The typed values, in reading order.
    pub(crate) values: Vec<Typed>,
    /// Which lines are labels by where they stand.
    pub(crate) legends: Legends,
    /// The lines that say who wrote a mail, to whom and when.
    pub(crate) mail_head: Range<usize>,
    /// What the file states beside its pages.
    pub(crate) declared: Vec<Declared>,
}

/// A typed value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub(crate) span: Span,
    pub(crate) value: value::Typed,
    pub(crate) confidence: f32,
}

impl Reading {
    /// Reads a document to search it.
    ///
    /// # Errors
    ///
    /// [`Error::LanguageNotSupported`] if it is written in a script of no language that labels are known in.
    pub(crate) fn of(document: &Document) -> Result<Self, Error> {
        let view = View::of(document);
        language::known(view.lines.iter().map(|line| line.text.as_str()))?;
        let locale = Locale::of(view.lines.iter().map(|line| line.text.as_str()));
        let mut values = Vec::new();
        for (line, text) in view.lines.iter().map(|line| line.text.as_str()).enumerate().take(MAX_LINES) {
            let found = value::find(text, &locale);
            for one in &found {
                if !is_part(one, &found) {
                    let span = Span { line, start: one.start, end: one.end };
                    values.push(Typed { span, value: one.value.clone(), confidence: one.confidence });
                }
            }
        }
        let mail_head = mail_head(&view);
        let legends = Legends::of(&view, &values);
        Ok(Self { view, locale, values, legends, mail_head, declared: document.declared.clone() })
    }

    /// The text of a span.
    pub(crate) fn text(&self, span: Span) -> &str {
        self.view.text(span)
    }

    /// A number that is the same for the same document: what chooses among passes.
    pub(crate) fn seed(&self) -> u64 {
        // FNV-1a, written out because the hashers of the standard library may change from one version to the next.
        let bytes = self.view.lines.iter().flat_map(|line| line.text.bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    /// Lines in which something is looked for.
    pub(crate) fn lines(&self) -> usize {
        self.view.lines.len().min(MAX_LINES)
    }

    /// The typed values that stand in a line.
    pub(crate) fn values_of(&self, line: usize) -> &[Typed] {
        let start = self.values.partition_point(|typed| typed.span.line < line);
        let end = self.values.partition_point(|typed| typed.span.line <= line);
        self.values.get(start..end).unwrap_or_default()
    }
}

/// The lines of a mail's head. Its subject may stand above them, without its name.
fn mail_head(view: &View) -> Range<usize> {
    const NAMES: &[&str] = &["from:", "to:", "cc:", "bcc:", "subject:", "date:", "sent:"];
    let is_head = |line: &Line| NAMES.iter().any(|name| line.text.to_lowercase().starts_with(name));
    let start = view.lines.iter().take(2).position(is_head).unwrap_or_default();
    let count = view.lines.iter().skip(start).take(NAMES.len()).take_while(|line| is_head(line)).count();
    // One such line is as well the recipient of a letter.
    if count > 1 { start..start + count } else { 0..0 }
}

/// Whether a number is but a part of a date, of a telephone number or of a code.
fn is_part(one: &value::Found, found: &[value::Found]) -> bool {
    let is_number = matches!(one.value.kind(), Kind::Number | Kind::Money | Kind::Percent | Kind::Time);
    is_number
        && found.iter().any(|other| {
            let covers = other.start <= one.start && other.end >= one.end;
            let is_longer = other.end - other.start > one.end - one.start;
            let is_whole = matches!(
                other.value.kind(),
                Kind::Date | Kind::Phone | Kind::Iban | Kind::VatId | Kind::Email | Kind::Url | Kind::Bic
            ) || matches!(other.value.kind(), Kind::DateTime) && one.value.kind() != Kind::Time
                || matches!(other.value.kind(), Kind::Identifier | Kind::Money | Kind::Percent)
                    && one.value.kind() == Kind::Number;
            covers && is_longer && is_whole && other.confidence >= one.confidence * 0.8
        })
}
