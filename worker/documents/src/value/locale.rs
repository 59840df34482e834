//! How a document writes its dates and numbers: what is ambiguous in one line is often plain in another.

use super::currency;
use super::text::{self, Line};
use crate::language::{self, Language};

/// Lines that are looked at: evidence that is not on the first pages is about other things.
const MAX_LINES: usize = 4_000;

/// How a document writes its dates and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Locale {
    pub(crate) language: Option<Language>,
    /// 03/04 is the third of April.
    pub(crate) day_first: bool,
    /// Whether a date of the document says so, such as 25/12.
    pub(crate) is_day_order_known: bool,
    /// 1,5 is one and a half. None if nothing in the document tells.
    pub(crate) decimal_comma: Option<bool>,
    /// The currency that the document names most, as its ISO 4217 code.
    pub(crate) currency: Option<&'static str>,
}

impl Locale {
    /// The locale of a document, by its lines.
    pub(crate) fn of<'l>(lines: impl IntoIterator<Item = &'l str>) -> Self {
        let mut count = Count::default();
        for line in lines.into_iter().take(MAX_LINES) {
            count.add(text::head(line, super::MAX_LINE));
        }
        count.locale()
    }
}

#[derive(Default)]
struct Count {
    language: language::Count,
    day_first: u32,
    month_first: u32,
    decimal_comma: u32,
    decimal_point: u32,
    currencies: Vec<(&'static str, u32)>,
    american: u32,
}

impl Count {
    fn add(&mut self, line: &str) {
        self.language.add(line);
        let line = Line::of(line);
        for (first, second) in super::date::numeric_pairs(&line) {
            match (first, second) {
                (13..=31, 1..=12) => self.day_first += 1,
                (1..=12, 13..=31) => self.month_first += 1,
                _ => {}
            }
        }
        for is_comma in super::number::separators(&line) {
            if is_comma { self.decimal_comma += 1 } else { self.decimal_point += 1 }
        }
        for code in currency::named(&line) {
            match self.currencies.iter_mut().find(|(known, _)| *known == code) {
                Some((_, count)) => *count += 1,
                None => self.currencies.push((code, 1)),
            }
        }
        self.american += u32::from(is_american(&line));
    }

    fn locale(self) -> Locale {
        let language = self.language.written().language;
        let currency = self.currencies.iter().max_by_key(|(_, count)| *count).map(|(code, _)| *code);
        let is_day_order_known = self.day_first != self.month_first;
        // Only the United States put the month first, and their currency or their addresses show it.
        let is_american = language == Some(Language::En) && (self.american > 0 || currency == Some("USD"));
        let day_first = if is_day_order_known { self.day_first > self.month_first } else { !is_american };
        let decimal_comma = match (self.decimal_comma, self.decimal_point) {
            (0, 0) => match language {
                Some(Language::En) => Some(false),
                Some(Language::Fr | Language::De | Language::Es) => Some(true),
                None => None,
            },
            (comma, point) if comma == point => None,
            (comma, point) => Some(comma > point),
        };
        Locale { language, day_first, is_day_order_known, decimal_comma, currency }
    }
}

/// Whether a line has a state of the United States before a ZIP code: `Austin, TX 78701`.
fn is_american(line: &Line<'_>) -> bool {
    const STATES: &str = " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ \
        NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC ";
    line.chunks.windows(2).any(|pair| match pair {
        [state, zip] => {
            let (state, zip) = (line.of_chunk(state), line.of_chunk(zip));
            let digits = zip.trim_end_matches(',').split('-').next().unwrap_or_default();
            state.len() == 2
                && STATES.contains(&format!(" {state} "))
                && digits.len() == 5
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    })
}
