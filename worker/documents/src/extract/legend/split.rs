//! Lines that are a label and its value without a colon: where one ends and the other begins.

use super::{KNOWN, LEADER, LIKELY, Lines, WORDS, is_figure, known};
use crate::extract::{address, company, phrase};
use crate::value::Kind;

/// Words that tell what is before them more closely: a label does not end in one, nor does a value begin with one.
const JOINTS: &[&str] = &["o", "or", "ou", "oder", "u.", "und", "and", "et", "y", "e", "/", "&", "+", "-", "–"];
/// Words that the whole of what they belong to follows.
const OF: &[&str] = &["of", "de", "du", "des", "del", "der", "d", "la", "las", "los", "les", "the", "von", "vom", "zu"];

/// A line cut into a label and a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Split {
    /// Where the value starts.
    pub(super) start: usize,
    /// Whether the label is known.
    pub(super) is_sure: bool,
}

impl Lines<'_> {
    /// A line as a label and its value without a colon between them.
    pub(super) fn split(&self, line: usize) -> Option<Split> {
        let own = self.view.lines.get(line)?;
        let text = own.text.trim_end();
        if own.cell.is_some() || own.heading.is_some() || text.contains(": ") || text.ends_with(':') {
            return None;
        }
        let starts: Vec<usize> =
            text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize).collect();
        let begins = text.chars().next().is_some_and(char::is_uppercase);
        let is_beside_figure = self.right(line).is_some_and(|right| is_figure(self.text(right)));
        if !begins || !(2..=2 * WORDS).contains(&starts.len()) || text.ends_with(LEADER) || is_beside_figure {
            return None;
        }
        let split = self.split_at_value(line, text, &starts).or_else(|| split_behind_label(text, &starts))?;
        // A line of an address is one, with a label before it or not.
        let is_whole = address::is_line(text) && !address::is_line(text.get(split.start..)?);
        // What is known as it stands is a label that goes on, if nothing in it is a value.
        let is_label =
            self.known(line) >= KNOWN && !self.has_digits(line) && known(text.get(..split.start)?) <= self.known(line);
        (!is_whole && !is_label).then_some(split)
    }

    /// Where the value of a kind begins that ends the line.
    fn split_at_value(&self, line: usize, text: &str, starts: &[usize]) -> Option<Split> {
        let first = self.values.partition_point(|typed| typed.span.line < line);
        let own = self.values.iter().skip(first).take_while(|typed| typed.span.line == line);
        let value = own.filter(|typed| typed.span.end >= text.len() && typed.span.start > 0).max_by(|a, b| {
            // The longest one: of a date and its year the date.
            b.span.start.cmp(&a.span.start)
        })?;
        let start = starts.iter().rev().copied().find(|&start| start <= value.span.start)?;
        let label = text.get(..start)?.trim_end();
        let words = label.split_whitespace().count();
        if !(1..=WORDS).contains(&words) || label.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let is_told = known(label) >= LIKELY;
        let is_telling = matches!(
            value.value.kind(),
            Kind::Date | Kind::Email | Kind::Url | Kind::Phone | Kind::Iban | Kind::Money | Kind::Identifier
        );
        (is_told || is_telling).then_some(Split { start, is_sure: is_told })
    }
}

/// Where the longest label ends that a line begins with.
pub(in crate::extract) fn split_at_label(text: &str, starts: &[usize]) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    for &start in starts.iter().skip(1).take(WORDS) {
        let label = text.get(..start)?.trim_end();
        if label.split_whitespace().last()?.bytes().any(|byte| byte.is_ascii_digit()) {
            break;
        }
        // "Maison Martin SARL" has no label.
        if company::begins_name(label) && company::has_legal_form(text) {
            continue;
        }
        let score = known(label);
        if score >= KNOWN && !ends_open(label) && best.is_none_or(|(known, _)| score >= known - 0.05) {
            best = Some((score, start));
        }
    }
    best.map(|(_, start)| start)
}

fn split_behind_label(text: &str, starts: &[usize]) -> Option<Split> {
    let start = split_at_label(text, starts)?;
    let value = text.get(start..)?;
    let words: Vec<&str> = value.split_whitespace().collect();
    let first = words.first()?;
    // All in small letters it may as well go on with the label.
    let has_name = value.contains(|sign: char| sign.is_uppercase() || sign.is_ascii_digit());
    let is_value = words.len() <= WORDS && !is_joint(first) && !OF.contains(first) && known(value) < LIKELY;
    (is_value && has_name).then(|| Split { start: phrase::after_small_words(text, start), is_sure: true })
}

/// Whether a label ends in a word that more of it follows.
pub(in crate::extract) fn ends_open(label: &str) -> bool {
    label.split_whitespace().last().is_some_and(is_joint)
}

/// Whether a label ends in a word that says of what it is.
pub(in crate::extract) fn ends_in_of(label: &str) -> bool {
    label.split_whitespace().last().is_some_and(|word| OF.contains(&word))
}

fn is_joint(word: &str) -> bool {
    JOINTS.contains(&word)
}
