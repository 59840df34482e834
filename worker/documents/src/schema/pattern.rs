//! Patterns: the regular expressions that texts of a schema must match.

use regex::{Regex, RegexBuilder};

/// Bytes of a pattern when compiled, as the api takes them at most.
const MAX_COMPILED_BYTES: usize = 2 << 20;
/// Texts so common that a pattern which takes one of them does not tell a value.
const COMMON: &[&str] =
    &["a", "A", "Total", "TOTAL", "1", "12", "123", "1234", "12345", "1.00", "1,50", "2024-01-01", "01.01.2024"];

/// A regular expression that a text must match somewhere.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    text: String,
    /// None: one with look-around, as pydantic writes for its decimals; it holds nothing back.
    regex: Option<Regex>,
}

impl Pattern {
    pub(crate) fn of(text: &str) -> Self {
        let regex = RegexBuilder::new(text).size_limit(MAX_COMPILED_BYTES).dfa_size_limit(MAX_COMPILED_BYTES).build();
        Self { text: text.to_owned(), regex: regex.ok() }
    }

    /// Whether a text may be the value.
    pub(crate) fn allows(&self, text: &str) -> bool {
        self.regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }

    /// Whether what it matches is told by its form alone: all of it is laid down, and no common text matches.
    pub(crate) fn is_telling(&self) -> bool {
        let is_whole = self.text.starts_with('^') && self.text.ends_with('$');
        is_whole && self.regex.is_some() && !COMMON.iter().any(|text| self.allows(text))
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
