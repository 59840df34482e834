//! The types of values, by how they are written.

use serde_json::{Value, json};

use crate::lexicon::Concept;
use crate::value::{self, Kind, Locale, Typed};

/// Whole numbers of more digits are rather names than counts.
const MAX_COUNT_DIGITS: usize = 9;
/// What a reading must be sure of to be the type of a value that no concept expects.
const SURE: f32 = 0.5;

/// What a value looks like in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Date,
    DateTime,
    Time,
    Email,
    Url,
    Integer,
    Number,
    Boolean,
    Text,
}

impl Form {
    /// The form of a text that stands for this concept; none if it cannot stand for it.
    pub(super) fn of(text: &str, concept: Option<Concept>, locale: &Locale) -> Option<Self> {
        concept
            .map_or_else(|| Some(Self::by_looks(text, locale)), |concept| Self::expected(text, concept.kind(), locale))
    }

    /// The form of a value whose kind is known.
    fn expected(text: &str, kind: Kind, locale: &Locale) -> Option<Self> {
        let found = value::find(text, locale);
        let has = |kinds: &[Kind]| found.iter().any(|found| kinds.contains(&found.value.kind()));
        let numbers = [Kind::Money, Kind::Percent, Kind::Number];
        match kind {
            Kind::Date | Kind::DateTime if has(&[Kind::Date]) => Some(Self::Date),
            Kind::Date | Kind::DateTime => has(&[Kind::DateTime]).then_some(Self::DateTime),
            Kind::Time => has(&[Kind::Time]).then_some(Self::Time),
            Kind::Money | Kind::Percent => has(&numbers).then_some(Self::Number),
            Kind::Number => {
                let is_whole = |value: &Typed| value.number().is_some_and(|number| number.scale() == 0);
                let number = found.iter().find(|found| numbers.contains(&found.value.kind()))?;
                Some(if is_whole(&number.value) { Self::Integer } else { Self::Number })
            }
            Kind::Email => has(&[Kind::Email]).then_some(Self::Email),
            Kind::Url => has(&[Kind::Url]).then_some(Self::Url),
            Kind::Phone => has(&[Kind::Phone]).then_some(Self::Text),
            Kind::Bool => has(&[Kind::Bool]).then_some(Self::Boolean),
            // An identifier has a digit, or is a word in capitals.
            Kind::Identifier | Kind::Iban | Kind::VatId => {
                text.chars().any(|letter| letter.is_ascii_digit()).then_some(Self::Text)
            }
            // A name or an address is no amount, no date and no e-mail address.
            Kind::Name | Kind::Address => {
                let is_words = text.chars().any(char::is_alphabetic) && !Self::by_looks(text, locale).is_typed();
                is_words.then_some(Self::Text)
            }
            Kind::Bic | Kind::Country | Kind::Currency | Kind::Text | Kind::Title => Some(Self::Text),
        }
    }

    /// The form that the whole of a text has.
    fn by_looks(text: &str, locale: &Locale) -> Self {
        let is = |kind| value::read(text, kind, locale).is_some_and(|found| found.confidence >= SURE);
        let is_named = [Kind::Iban, Kind::VatId, Kind::Phone].into_iter().any(is);
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let looks = [
            (Kind::Email, Self::Email),
            (Kind::Url, Self::Url),
            (Kind::DateTime, Self::DateTime),
            (Kind::Date, Self::Date),
            (Kind::Time, Self::Time),
            (Kind::Bool, Self::Boolean),
        ];
        if let Some((_, form)) = looks.into_iter().find(|(kind, _)| is(*kind)) {
            return form;
        }
        if is_named && digits > MAX_COUNT_DIGITS || text.starts_with('0') && !text.contains(['.', ',']) && digits > 1 {
            return Self::Text;
        }
        if is(Kind::Money) || is(Kind::Percent) {
            let is_count = text.chars().all(|letter| letter.is_ascii_digit());
            if !is_count {
                return Self::Number;
            }
        }
        match value::read(text, Kind::Number, locale).and_then(|found| found.value.number()) {
            Some(number) if number.scale() > 0 => Self::Number,
            Some(_) if digits <= MAX_COUNT_DIGITS => Self::Integer,
            _ => Self::Text,
        }
    }

    /// Whether values of this form are told from text by how they are written.
    pub(super) fn is_typed(self) -> bool {
        self != Self::Text
    }

    /// The form that has room for values of both.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Integer | Self::Number, Self::Integer | Self::Number) => Self::Number,
            _ => Self::Text,
        }
    }

    pub(super) fn schema(self, nullable: bool) -> Value {
        let (name, format) = match self {
            Self::Date => ("string", Some("date")),
            Self::DateTime => ("string", Some("date-time")),
            Self::Time => ("string", Some("time")),
            Self::Email => ("string", Some("email")),
            Self::Url => ("string", Some("uri")),
            Self::Integer => ("integer", None),
            Self::Number => ("number", None),
            Self::Boolean => ("boolean", None),
            Self::Text => ("string", None),
        };
        let mut schema = if nullable { json!({ "type": [name, "null"] }) } else { json!({ "type": name }) };
        if let Some(format) = format {
            schema["format"] = format.into();
        }
        schema
    }
}
