//! Names and addresses of parties and of banks.

use super::super::candidate::{Best, Candidate};
use super::super::company::has_legal_form;
use super::super::leaf::Leaf;
use super::super::party::is_bank;
use super::super::phrase::name_fit;
use super::super::returned::Returned;
use super::super::role::Role;
use super::super::{address, elsewhere, located, normal, title};
use super::Search;
use crate::value::Kind;
use crate::view::Span;

/// What a bank's name is worth that stands in the first lines.
const BANK_ABOVE: f32 = 0.8;
const BANK_LINES: usize = 8;
/// Lines under the name of a bank in which its account stands.
const BANK_OVER: usize = 3;
/// What the address of the issuer is worth where its name comes again.
const ELSEWHERE: f32 = 0.8;
/// An address that is worth this much need not be looked for elsewhere.
const FOUND: f32 = 0.5;
/// How much surer a name is that its own label tells than what merely stands near some label.
const TOLD: f32 = 1.03;
/// What an address is worth of which no line has the form of one.
const LOOSE: f32 = 0.72;

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

    /// The bank over its account: "Sparkasse Hanau", "IBAN DE02 …".
    fn push_bank_of_account(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let view = &self.reading.view;
        let has_account = |line: &usize| {
            let mut values = self.reading.values_of(*line).iter();
            values.any(|typed| matches!(typed.value.kind(), Kind::Iban | Kind::Bic))
        };
        for line in 0..self.reading.lines() {
            let span = view.whole(line);
            let text = self.reading.text(span);
            let is_name = || is_bank(text) && !text.contains(':') && name_fit(self.reading, span) > 0.5;
            if !is_name() || !address::stack(view, line).iter().skip(1).take(BANK_OVER).any(has_account) {
                continue;
            }
            if let Some(value) = normal::of_text(leaf, text) {
                best.push(Candidate { spans: vec![span], value, score: BANK_ABOVE });
            }
        }
    }

    pub(super) fn push_party_names(&self, leaf: &Leaf<'_>, best: &mut Best) {
        if self.pass.has_habits && is_bank_asked(leaf) {
            self.push_bank(leaf, best);
            self.push_bank_of_account(leaf, best);
        }
        let Some(role) = self.role(leaf).filter(|_| self.pass.has_habits) else { return };
        for party in self.parties.of_role(role) {
            let text = self.reading.text(party.name);
            let is_company = self.is_own(leaf) && leaf.role.is_none() && has_legal_form(text);
            if is_bank_asked(leaf) && !is_bank(text) || is_company {
                continue;
            }
            if let Some(value) = normal::of_text(leaf, text) {
                let told = if party.is_told() { TOLD } else { 1.0 };
                let score = told * party.certainty * name_fit(self.reading, party.name);
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
        self.push_address_elsewhere(leaf, role, best);
    }

    /// The address of the issuer that stands apart from where its name does first.
    fn push_address_elsewhere(&self, leaf: &Leaf<'_>, role: Role, best: &mut Best) {
        let is_known = best.0.first().is_some_and(|best| best.score >= FOUND);
        let issuer = self.parties.of_role(Role::Issuer).next().filter(|_| role == Role::Issuer && !is_known);
        if let Some(issuer) = issuer
            && let Some(spans) = elsewhere::of_issuer(self.reading, self.parties, issuer)
        {
            let lines: Vec<&str> = spans.iter().map(|span| self.reading.text(*span).trim_end_matches(',')).collect();
            if let Some(value) = normal::of_text(leaf, &lines.join(", ")) {
                best.push(Candidate { spans, value, score: ELSEWHERE });
            }
        }
    }

    /// Of lines that hold an address those that are of it, from the first to the last.
    ///
    /// The first so many lines are of a name.
    fn push_address(&self, leaf: &Leaf<'_>, spans: &[Span], names: usize, score: f32, best: &mut Best) {
        let Some(found) = located::lines(self.reading, spans, names) else {
            self.push_loose_address(leaf, spans, names, score, best);
            return;
        };
        let first = self.begins_address(spans, found.start, names);
        let spans = spans.get(first..found.end).unwrap_or_default();
        let has_town = spans.iter().any(|span| address::is_town(self.reading.text(*span)));
        let text =
            spans.iter().map(|span| self.reading.text(*span).trim_end_matches(',')).collect::<Vec<_>>().join(", ");
        if let Some(value) = normal::of_text(leaf, &text) {
            best.push(Candidate { spans: spans.to_vec(), value, score: score * if has_town { 1.0 } else { 0.75 } });
        }
    }
}

impl Search<'_> {
    /// Where an address begins: with the lines over its street or town that go on in it, but not among the first so many.
    fn begins_address(&self, spans: &[Span], first: usize, names: usize) -> usize {
        let goes_on = |at: &usize| {
            spans.get(*at).is_some_and(|span| self.is_loose(*span) && self.reading.text(*span).contains(','))
        };
        (names.max(1)..first).rev().take_while(goes_on).last().unwrap_or(first)
    }

    /// Where it ends: with the country under the town.
    fn ends_address(&self, spans: &[Span], last: usize) -> usize {
        let is_country = spans.get(last + 1).is_some_and(|span| located::is_country(self.reading, *span));
        last + usize::from(is_country)
    }

    /// The address of a party whose lines have not the form of one: floors, quarters, towns without a code.
    fn push_loose_address(&self, leaf: &Leaf<'_>, spans: &[Span], names: usize, score: f32, best: &mut Best) {
        let Some(first) = (names..spans.len()).find(|&at| spans.get(at).is_some_and(|span| self.is_loose(*span)))
        else {
            return;
        };
        if names == 0 || first > names + 1 {
            return;
        }
        let more = spans.get(first + 1..).unwrap_or_default().iter().take_while(|span| self.is_loose(**span)).count();
        let last = self.ends_address(spans, first + more);
        let spans = spans.get(first..=last).unwrap_or_default();
        let text =
            spans.iter().map(|span| self.reading.text(*span).trim_end_matches(',')).collect::<Vec<_>>().join(", ");
        if let Some(value) = normal::of_text(leaf, &text) {
            best.push(Candidate { spans: spans.to_vec(), value, score: score * LOOSE });
        }
    }

    /// Whether a line may be of an address by its numbers and commas, and is nothing else.
    fn is_loose(&self, span: Span) -> bool {
        let text = self.reading.text(span);
        let is_other = |kind: Kind| matches!(kind, Kind::Email | Kind::Url | Kind::Date | Kind::VatId | Kind::Iban);
        let words = text.split_whitespace().count();
        (2..=12).contains(&words)
            && text.chars().any(char::is_alphabetic)
            && (text.contains(',') || text.bytes().any(|byte| byte.is_ascii_digit()) && words > 2)
            && !text.contains([':', '@', '%', '€', '$', '£', '|', '×', '*', '='])
            && !has_legal_form(text)
            && !self.reading.values_of(span.line).iter().any(|typed| {
                is_other(typed.value.kind()) || typed.value.kind() == Kind::Phone && typed.confidence >= 0.5
            })
    }
}

fn is_bank_asked(leaf: &Leaf<'_>) -> bool {
    leaf.words.iter().any(|word| matches!(word.text.as_str(), "bank" | "banque" | "banco"))
}
