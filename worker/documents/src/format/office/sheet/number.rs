//! Number formats: how the number of a cell is written.
//!
//! A file does not say in which language it is shown, so dates are written in ISO form, numbers with a decimal point
//! and without signs between thousands. Decimals, percentages and the signs of currencies are written as the format
//! has them.

use super::date::{self, Shown};

/// Decimals that a format may ask for; a number has no more.
const MAX_DECIMALS: usize = 15;

/// What a number format does to a number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Format {
    /// As short as the number allows.
    General,
    Moment(Shown),
    Number {
        before: String,
        decimals: usize,
        is_percent: bool,
        after: String,
    },
}

impl Format {
    /// A built-in format by its number in the file.
    pub(crate) fn built_in(id: u32) -> Self {
        match id {
            1 | 3 | 37 | 38 => Self::decimals(0),
            2 | 4 | 39 | 40 => Self::decimals(2),
            9 => Self::parse("0%"),
            10 => Self::parse("0.00%"),
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Moment(Shown::Date),
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 => Self::Moment(Shown::Time),
            22 => Self::Moment(Shown::DateAndTime),
            46 => Self::Moment(Shown::Duration),
            _ => Self::General,
        }
    }

    fn decimals(decimals: usize) -> Self {
        Self::Number { before: String::new(), decimals, is_percent: false, after: String::new() }
    }

    /// A format by its code, of which the first section counts: the others are for negative numbers, zero and text.
    pub(crate) fn parse(code: &str) -> Self {
        let tokens = tokens(code);
        if let Some(shown) = moment(&tokens) {
            return Self::Moment(shown);
        }
        let is_place = |token: &&Token| matches!(token, Token::Sign('0' | '#' | '?'));
        let is_other = |token: &Token| matches!(token, Token::Sign('/' | 'E' | 'e' | '@' | 'G' | 'g'));
        if tokens.iter().any(is_other) || !tokens.iter().any(|token| is_place(&token)) {
            return Self::General;
        }
        let (mut before, mut after) = (String::new(), String::new());
        let (mut decimals, mut is_percent, mut is_after_point, mut was_place) = (0, false, false, false);
        for token in &tokens {
            match token {
                Token::Sign('0' | '#' | '?') => {
                    was_place = true;
                    decimals += usize::from(is_after_point);
                }
                Token::Sign('.') => is_after_point = true,
                Token::Sign('%') => is_percent = true,
                Token::Sign(',') => {}
                Token::Sign(sign) if was_place => after.push(*sign),
                Token::Sign(sign) => before.push(*sign),
                Token::Text(text) if was_place => after.push_str(text),
                Token::Text(text) => before.push_str(text),
                Token::Elapsed => {}
            }
        }
        // Signs of a negative number are written by us; brackets belong to its section.
        let trim = |text: String| text.trim_matches(['(', ')', '-', '+']).to_owned();
        Self::Number { before: trim(before), decimals: decimals.min(MAX_DECIMALS), is_percent, after: trim(after) }
    }

    /// Writes a number.
    pub(crate) fn render(&self, number: f64, is_1904: bool) -> String {
        match self {
            Self::General => general(number),
            Self::Moment(shown) => date::render(number, *shown, is_1904).unwrap_or_else(|| general(number)),
            Self::Number { before, decimals, is_percent, after } => {
                let scaled = if *is_percent { number * 100.0 } else { number };
                let sign = if scaled < 0.0 { "-" } else { "" };
                let percent = if *is_percent { "%" } else { "" };
                format!("{sign}{before}{:.decimals$}{percent}{after}", round(scaled.abs(), *decimals))
            }
        }
    }
}

/// To so many decimals, halves up, of the fifteen digits that a spreadsheet keeps: 2.675 is 2.68, whatever it is in
/// binary.
fn round(number: f64, decimals: usize) -> f64 {
    let factor = (0..decimals).fold(1.0, |factor, _| factor * 10.0);
    let shifted = number * factor;
    if shifted >= 1e15 { number } else { fifteen_digits(shifted).round() / factor }
}

fn fifteen_digits(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

/// A number without a format. Fifteen digits are what a spreadsheet keeps; the rest is binary dust.
pub(crate) fn general(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let rounded = fifteen_digits(number);
    let magnitude = rounded.abs();
    if (1e-9..1e15).contains(&magnitude) { rounded.to_string() } else { format!("{rounded:e}") }
}

/// A piece of the first section of a format.
#[derive(Debug, PartialEq)]
enum Token {
    Sign(char),
    Text(String),
    /// Hours, minutes or seconds that go on counting, in square brackets.
    Elapsed,
}

fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            ';' => break,
            '"' => tokens.push(Token::Text(characters.by_ref().take_while(|next| *next != '"').collect())),
            '\\' | '!' => tokens.extend(characters.next().map(|next| Token::Text(next.to_string()))),
            // The width of this character, and this character as often as it fits.
            '_' => tokens.extend(characters.next().map(|_| Token::Text(" ".to_owned()))),
            '*' => {
                characters.next();
            }
            '[' => {
                let inner: String = characters.by_ref().take_while(|next| *next != ']').collect();
                match inner.strip_prefix('$') {
                    Some(currency) => {
                        let sign = currency.split_once('-').map_or(currency, |(sign, _)| sign);
                        tokens.push(Token::Text(sign.to_owned()));
                    }
                    None if inner.chars().all(|unit| "hHmMsS".contains(unit)) => tokens.push(Token::Elapsed),
                    None => {}
                }
            }
            sign => tokens.push(Token::Sign(sign)),
        }
    }
    // Blanks at the ends only align columns.
    let is_blank = |token: &Token| matches!(token, Token::Text(text) if text == " ");
    while tokens.last().is_some_and(is_blank) {
        tokens.pop();
    }
    let leading = tokens.iter().take_while(|token| is_blank(token)).count();
    tokens.split_off(leading)
}

/// Whether the letters of days and hours are in a format, and which. `m` is a minute only beside one of those.
fn moment(tokens: &[Token]) -> Option<Shown> {
    if tokens.contains(&Token::Elapsed) {
        return Some(Shown::Duration);
    }
    let any = |letters: &str| tokens.iter().any(|token| matches!(token, Token::Sign(sign) if letters.contains(*sign)));
    // `General` has an `e` and an `a` and no letter of these.
    if any("Gg") && !any("dDyY") {
        return None;
    }
    match (any("yYdD"), any("hHsS"), any("mM")) {
        (true, true, _) => Some(Shown::DateAndTime),
        (true, false, _) | (false, false, true) => Some(Shown::Date),
        (false, true, _) => Some(Shown::Time),
        (false, false, false) => None,
    }
}
