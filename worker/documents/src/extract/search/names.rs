//! Names and addresses of parties and of banks.

use super::super::candidate::{Best, Candidate};
use super::super::company::has_legal_form;
use super::super::leaf::Leaf;
use super::super::party::is_bank;
use super::super::phrase::name_fit;
use super::super::returned::Returned;
use super::super::{address, normal, title};
use super::Search;
use crate::value::Kind;
use crate::view::Span;

/// What a bank's name is worth that stands in the first lines.
const BANK_ABOVE: f32 = 0.8;
const BANK_LINES: usize = 8;

impl Search<'_> {
    /// The bank in the head of its paper, alone or beside the title.
    fn push_bank(&self, leaf: &Leaf<'_>, best: &mut Best) {
        for line in 0..self.reading.lines().min(BANK_LINES) {
            let text = self.reading.text(self.reading.view.whole(line));
            for part in text.split(['–', '—', '|', '·']).map(str::trim) {
                let start = part.as_ptr() as usize - text.as_ptr() as usize;
                let span = Span { line, start, end: start + part.len() };
                let is_name = is_bank(part) && !title::is_title(part) && name_fit(self.reading, span) > 0.5;
                if let Some(value) = normal::of_text(leaf, part).filter(|_| is_name) {
                    best.push(Candidate { spans: vec![span], value, score: BANK_ABOVE });
                }
            }
        }
    }

    pub(super) fn push_party_names(&self, leaf: &Leaf<'_>, best: &mut Best) {
        if self.pass.has_habits && is_bank_asked(leaf) {
            self.push_bank(leaf, best);
        }
        let Some(role) = self.role(leaf).filter(|_| self.pass.has_habits) else { return };
        for party in self.parties.of_role(role) {
            let text = self.reading.text(party.name);
            let is_company = self.is_own(leaf) && leaf.role.is_none() && has_legal_form(text);
            if is_bank_asked(leaf) && !is_bank(text) || is_company {
                continue;
            }
            if let Some(value) = normal::of_text(leaf, text) {
                let score = party.certainty * name_fit(self.reading, party.name);
                best.push(Candidate { spans: vec![party.name], value, score });
            }
        }
    }

    /// Lines of an address beside or below a label.
    pub(super) fn push_addresses(&self, leaf: &Leaf<'_>, best: &mut Best) {
        for phrase in self.phrases {
            let score = self.named(phrase.span, &phrase.labels, leaf).score;
            if score >= 0.2 {
                let mut spans = vec![phrase.span];
                let rest = address::stack(&self.reading.view, phrase.span.line);
                spans.extend(rest.into_iter().skip(1).map(|line| self.reading.view.whole(line)));
                self.push_address(leaf, &spans, 0, score, best);
            }
        }
    }

    pub(super) fn push_party_addresses(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let Some(role) = self.role(leaf).filter(|_| self.pass.has_habits) else { return };
        for party in self.parties.of_role(role) {
            if let Some(returned) = Returned::of(self.reading, party.name.line) {
                self.push_address(leaf, &returned.address, 0, 0.97 * party.certainty, best);
                continue;
            }
            let spans: Vec<Span> = party.lines.iter().map(|&line| self.reading.view.whole(line)).collect();
            self.push_address(leaf, &spans, 1, 0.97 * party.certainty, best);
        }
    }

    /// Whether a line is a country and nothing else.
    fn is_country(&self, span: Span) -> bool {
        let text = self.reading.text(span);
        let values = self.reading.values_of(span.line);
        values.iter().any(|typed| typed.value.kind() == Kind::Country && self.reading.text(typed.span) == text.trim())
    }

    /// Of lines that hold an address those that are of it, from the first to the last.
    ///
    /// Right over the town stands the street, whatever its name ends in, but not among the first so many lines.
    fn push_address(&self, leaf: &Leaf<'_>, spans: &[Span], names: usize, score: f32, best: &mut Best) {
        let is_line = |span: &Span| address::is_line(self.reading.text(*span));
        let (Some(first), Some(last)) = (spans.iter().position(is_line), spans.iter().rposition(is_line)) else {
            return;
        };
        let over = first.checked_sub(1).filter(|&over| over >= names && first == last);
        let is_street = |over: &usize| spans.get(*over).is_some_and(|span| is_numbered(self.reading.text(*span)));
        let first = over.filter(is_street).unwrap_or(first);
        // Under the town may stand the country.
        let is_country = spans.get(last + 1).is_some_and(|span| self.is_country(*span));
        let spans = spans.get(first..=last + usize::from(is_country)).unwrap_or_default();
        let has_town = spans.iter().any(|span| address::is_town(self.reading.text(*span)));
        let text =
            spans.iter().map(|span| self.reading.text(*span).trim_end_matches(',')).collect::<Vec<_>>().join(", ");
        if let Some(value) = normal::of_text(leaf, &text) {
            best.push(Candidate { spans: spans.to_vec(), value, score: score * if has_town { 1.0 } else { 0.75 } });
        }
    }
}

/// Whether a line is words with the number of a house before or behind them.
fn is_numbered(text: &str) -> bool {
    let words: Vec<&str> = text.trim_end_matches(',').split_whitespace().collect();
    let is_number = |word: Option<&&str>| {
        word.is_some_and(|word| word.len() <= 5 && word.starts_with(|sign: char| sign.is_ascii_digit()))
    };
    (2..=6).contains(&words.len())
        && text.starts_with(|sign: char| sign.is_uppercase() || sign.is_ascii_digit())
        && (is_number(words.first()) || is_number(words.last()))
        && !text.contains([':', '@', '%'])
        && !has_legal_form(text)
}

fn is_bank_asked(leaf: &Leaf<'_>) -> bool {
    leaf.words.iter().any(|word| matches!(word.text.as_str(), "bank" | "banque" | "banco"))
}
