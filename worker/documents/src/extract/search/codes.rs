//! Codes: numbers of papers, customers and taxes, however they are written.

use super::super::candidate::{Best, Candidate};
use super::super::leaf::Leaf;
use super::super::reading::Typed;
use super::super::tabled::{self, Place};
use super::super::{address, normal, party};
use super::Search;
use super::typed::{IN_BLOCK, OTHER_PARTY, PLAIN_TAX};
use crate::lexicon::{self, Concept};
use crate::value::{self, Kind};
use crate::view::{Label, Relation, Span};

/// What a code is worth under the bare word for a customer, for the field that asks for the customer's number.
const BARE_CUSTOMER: f32 = 0.78;
/// What a label is worth that stands between another one and its value.
const AGAIN: f32 = 0.95;
/// Digits of a code behind words.
const CODE_DIGITS: usize = 3;
/// A code that is all of what a label names, against a part of it that is read as a value.
const WHOLE_CODE: f32 = 1.04;
/// Letters of a code that has no digits.
const LETTERS: std::ops::RangeInclusive<usize> = 6..=12;

impl Search<'_> {
    /// What follows a label and has digits, however it is written.
    pub(super) fn push_codes(&self, leaf: &Leaf<'_>, best: &mut Best) {
        for phrase in self.phrases {
            let text = self.reading.text(phrase.span);
            let is_whole = is_whole_code(leaf, text);
            let span = after_words(phrase.span, text).unwrap_or(phrase.span);
            let text = self.reading.text(span);
            let words = text.split_whitespace().count();
            let is_code = (text.bytes().any(|byte| byte.is_ascii_digit()) || is_letters(leaf, text))
                && words <= if is_whole { 4 } else { 3 }
                && text.len() <= 40;
            let is_other = self.reading.values_of(phrase.span.line).iter().any(|typed| {
                let covers = typed.span.start <= phrase.span.start && typed.span.end >= phrase.span.end;
                let is_code = match &typed.value {
                    value::Typed::Identifier(_) | value::Typed::Number(_) => true,
                    // Groups of digits are as well a telephone number or a sum in no currency.
                    value::Typed::Phone(_) | value::Typed::Money { currency: None, .. } => is_whole,
                    _ => false,
                };
                covers && !is_code
            });
            if !is_code || is_other {
                continue;
            }
            let mut named = self.named(phrase.span, &phrase.labels, leaf).score;
            let before = self.reading.text(Span { end: span.start, ..phrase.span }).trim();
            if party::is_known_label(before) {
                // "Quote: quote number AB-12" says it again.
                named = named.max(AGAIN * leaf.named_by(before, self.embedder));
            }
            if named < PLAIN_TAX && leaf.want.fit(Kind::VatId) > 0.0 {
                continue;
            }
            let party = self.parties.of_line(phrase.span.line).map(|party| party.role);
            let is_others = leaf.want.fit(Kind::VatId) > 0.0
                && party.is_some()
                && self.role(leaf).is_some_and(|role| party != Some(role));
            let score = named * if is_whole { WHOLE_CODE } else { 0.85 } * if is_others { OTHER_PARTY } else { 1.0 };
            if let Some(value) = normal::of_text(leaf, text) {
                best.push(Candidate { spans: vec![span], value, score });
            }
        }
    }

    /// The number that a tax office knows the party asked for by: alone on a line of its block, in the form that it has
    /// in Spain, a letter before or behind eight digits.
    pub(super) fn push_plain_tax(&self, leaf: &Leaf<'_>, typed: &Typed, best: &mut Best) {
        let text = self.reading.text(typed.span);
        let is_alone = self.reading.text(self.reading.view.whole(typed.span.line)).trim() == text;
        let letters = text.bytes().filter(u8::is_ascii_uppercase).count();
        let at_end = text.starts_with(|sign: char| sign.is_ascii_uppercase())
            || text.ends_with(|sign: char| sign.is_ascii_uppercase());
        let is_number =
            text.len() == 9 && letters == 1 && at_end && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let party = self.parties.of_line(typed.span.line).map(|party| party.role);
        if is_alone
            && is_number
            && party.is_some()
            && party == self.role(leaf)
            && let Some(value) = normal::of_text(leaf, text)
        {
            best.push(Candidate { spans: vec![typed.span], value, score: IN_BLOCK });
        }
    }

    /// What a code is worth that stands under, beside or behind the word for a customer: a name has no digits alone.
    pub(super) fn under_customer(&self, typed: &Typed, labels: &[Label]) -> f32 {
        let text = self.reading.text(typed.span);
        let whole = self.reading.view.whole(typed.span.line);
        let is_code = text.bytes().filter(u8::is_ascii_digit).count() >= 3
            && !text.contains(char::is_lowercase)
            && !text.contains(char::is_whitespace)
            && typed.span.end == whole.end;
        let labels = labels.iter().filter(|label| label.relation != Relation::Heading).take(1);
        let is_named = |label: &Label| {
            let concepts = lexicon::concepts_of_label(self.reading.text(label.span));
            concepts.first().is_some_and(|(concept, score)| *concept == Concept::CustomerName && *score >= 0.95)
        };
        let is_free = is_code && tabled::place(self.reading, self.tables, typed.span) == Place::Free;
        let nearest = labels.filter(|label| is_free && is_named(label)).map(|label| label.nearness);
        BARE_CUSTOMER * nearest.fold(0.0, f32::max)
    }
}

/// Whether a text is one code, though it has spaces: "SC18 2WM", "11 470 892".
fn is_whole_code(leaf: &Leaf<'_>, text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_digits = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    // "KB 2023 0418 55", "2 - 000731": letters before groups of digits, a sign between them.
    let is_prefix = |word: &&str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_sign = |word: &&str| matches!(*word, "-" | "/" | "–");
    let groups = words.get(words.iter().take(1).filter(|word| is_prefix(word)).count()..).unwrap_or_default();
    let is_grouped = groups.len() >= 2 && groups.iter().all(|word| is_digits(word) || is_sign(word));
    let is_post = leaf.concept == Some(Concept::PostalCode) && words.len() == 2 && address::is_town(text);
    is_post || (2..=4).contains(&words.len()) && is_grouped
}

/// Whether a text is a code of capital letters alone, as shops and airlines give to orders: "WXKLRMTA".
fn is_letters(leaf: &Leaf<'_>, text: &str) -> bool {
    let is_asked = matches!(leaf.concept, Some(Concept::OrderNumber | Concept::TransactionNumber | Concept::Reference));
    let is_word = lexicon::concepts_of_label(text).first().is_some_and(|(_, score)| *score >= PLAIN_TAX);
    is_asked && !is_word && LETTERS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The code at the end of a text, behind words that go on with its label: "Invoice | number / Ref. AB-12".
fn after_words(span: Span, text: &str) -> Option<Span> {
    let code = text.split_whitespace().next_back()?;
    let before = text.get(..text.len() - code.len())?.trim_end();
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    let is_words = !before.is_empty()
        && before.chars().all(|sign| sign.is_alphabetic() || sign.is_whitespace() || ".-/:#°º".contains(sign));
    (is_words && digits >= CODE_DIGITS).then(|| Span { start: span.end - code.len(), ..span })
}
