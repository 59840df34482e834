//! Typed values in a line of text, and the form that each has in JSON.
//!
//! One line of text goes in, every value that stands in it comes out, of whatever kind: readings may overlap, and the
//! one who asks knows which kind it wants. Nothing here goes back over what it has read more than a bounded number of
//! steps, so that a line made to be slow is not.

mod boolean;
mod calendar;
mod code;
mod contact;
mod currency;
mod date;
mod decimal;
mod identifier;
mod locale;
mod number;
mod place;
mod tax;
mod text;

pub(crate) use calendar::{Date, DateTime, Time};
pub(crate) use date::month_named;
pub(crate) use decimal::Decimal;
pub(crate) use locale::Locale;
pub(crate) use text::head;

/// Bytes of a line that are looked at. The longest line of a page of text has some 300; what is longer is data.
const MAX_LINE: usize = 8 << 10;

/// What kind of value is meant or found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Date,
    DateTime,
    Time,
    Money,
    Number,
    Percent,
    Identifier,
    Email,
    Url,
    Phone,
    Iban,
    Bic,
    VatId,
    Bool,
    Country,
    Currency,
    /// The name of a person or of an organization: no form of its own.
    Name,
    /// A postal address: lines, not a span of one.
    Address,
    /// Words: no form of its own.
    Text,
    /// What a document calls itself.
    Title,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Typed {
    Date(Date),
    DateTime(DateTime),
    Time(Time),
    /// An amount; the currency as its ISO 4217 code, if the text names it.
    Money {
        amount: Decimal,
        currency: Option<&'static str>,
    },
    Number(Decimal),
    /// 19 % is 19.
    Percent(Decimal),
    Identifier(String),
    Email(String),
    Url(String),
    Phone(String),
    /// Without spaces; sure where its check digits are right.
    Iban(String),
    Bic(String),
    /// Without spaces.
    VatId(String),
    Bool(bool),
    /// The name as it is written, and the ISO 3166 code of the country.
    Country {
        name: String,
        code: &'static str,
    },
    /// An ISO 4217 code.
    Currency(&'static str),
}

impl Typed {
    /// The value as it stands in JSON, as text.
    pub(crate) fn normal(&self) -> String {
        match self {
            Self::Date(date) => date.to_string(),
            Self::DateTime(moment) => moment.to_string(),
            Self::Time(time) => time.to_string(),
            Self::Money { amount: number, .. } | Self::Number(number) | Self::Percent(number) => number.to_string(),
            Self::Identifier(text)
            | Self::Email(text)
            | Self::Url(text)
            | Self::Phone(text)
            | Self::Iban(text)
            | Self::Bic(text)
            | Self::VatId(text)
            | Self::Country { name: text, .. } => text.clone(),
            Self::Bool(is_true) => is_true.to_string(),
            Self::Currency(code) => (*code).to_owned(),
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Date(_) => Kind::Date,
            Self::DateTime(_) => Kind::DateTime,
            Self::Time(_) => Kind::Time,
            Self::Money { .. } => Kind::Money,
            Self::Number(_) => Kind::Number,
            Self::Percent(_) => Kind::Percent,
            Self::Identifier(_) => Kind::Identifier,
            Self::Email(_) => Kind::Email,
            Self::Url(_) => Kind::Url,
            Self::Phone(_) => Kind::Phone,
            Self::Iban(_) => Kind::Iban,
            Self::Bic(_) => Kind::Bic,
            Self::VatId(_) => Kind::VatId,
            Self::Bool(_) => Kind::Bool,
            Self::Country { .. } => Kind::Country,
            Self::Currency(_) => Kind::Currency,
        }
    }

    /// The number that it is or carries.
    pub(crate) fn number(&self) -> Option<Decimal> {
        match self {
            Self::Money { amount: number, .. } | Self::Number(number) | Self::Percent(number) => Some(*number),
            _ => None,
        }
    }
}

/// A value and the bytes of the line that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) value: Typed,
    /// How sure it is that these bytes mean this value, from 0 to 1.
    pub(crate) confidence: f32,
}

/// Every typed value of a line, by its start; of the same start the longer first. Readings of several kinds may overlap.
pub(crate) fn find(line: &str, locale: &Locale) -> Vec<Found> {
    let line = text::Line::of(head(line, MAX_LINE));
    let mut found = Vec::new();
    contact::find(&line, &mut found);
    code::find(&line, &mut found);
    tax::find(&line, &mut found);
    date::find(&line, locale, &mut found);
    number::find(&line, locale, &mut found);
    boolean::find(&line, &mut found);
    place::find(&line, &mut found);
    identifier::find(&line, &mut found);
    sort(&mut found);
    outshine(&mut found);
    found
}

fn sort(found: &mut [Found]) {
    found.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(b.confidence.total_cmp(&a.confidence)));
}

/// Takes away the numbers that are parts of a date, an address of the web or another value that cannot be mistaken.
fn outshine(found: &mut Vec<Found>) {
    let is_certain = |reading: &Found| match reading.value.kind() {
        Kind::Date | Kind::DateTime | Kind::Email | Kind::Url | Kind::Iban | Kind::VatId => reading.confidence >= 0.7,
        Kind::Time => reading.confidence >= 0.9,
        _ => false,
    };
    let numbers = [Kind::Money, Kind::Number, Kind::Percent, Kind::Identifier];
    take_parts(found, is_certain, |kind| kind == Kind::Phone || numbers.contains(&kind));
    let is_sum =
        |reading: &Found| matches!(reading.value, Typed::Money { currency: Some(_), .. } if reading.confidence >= 0.9);
    take_parts(found, is_sum, |kind| kind == Kind::Identifier);
    let is_phone = |reading: &Found| reading.value.kind() == Kind::Phone && reading.confidence >= 0.85;
    take_parts(found, is_phone, |kind| numbers.contains(&kind));
}

/// Takes away the readings of some kinds that overlap with certain ones.
fn take_parts(found: &mut Vec<Found>, is_certain: impl Fn(&Found) -> bool, is_part: impl Fn(Kind) -> bool) {
    // Places of the certain ones, in order, without overlaps.
    let mut certain: Vec<(usize, usize)> = Vec::new();
    for reading in found.iter().filter(|reading| is_certain(reading)) {
        match certain.last_mut() {
            Some((_, end)) if reading.start < *end => *end = reading.end.max(*end),
            _ => certain.push((reading.start, reading.end)),
        }
    }
    found.retain(|reading| {
        let next = certain.partition_point(|(_, end)| *end <= reading.start);
        !is_part(reading.value.kind()) || certain.get(next).is_none_or(|(start, _)| *start >= reading.end)
    });
}

/// The value of a kind that a text is, with nothing but signs around it.
pub(crate) fn read(text: &str, kind: Kind, locale: &Locale) -> Option<Found> {
    let is_bare = |part: Option<&str>| part.is_some_and(|part| !part.chars().any(char::is_alphanumeric));
    find(text, locale)
        .into_iter()
        .filter(|found| found.value.kind() == kind)
        .filter(|found| is_bare(text.get(..found.start)) && is_bare(text.get(found.end..)))
        .max_by(|a, b| a.confidence.total_cmp(&b.confidence))
}
