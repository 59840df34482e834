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
        let Some(found) = located::lines(self.reading, spans, names) else { return };
        let spans = spans.get(found).unwrap_or_default();
        let has_town = spans.iter().any(|span| address::is_town(self.reading.text(*span)));
        let text =
            spans.iter().map(|span| self.reading.text(*span).trim_end_matches(',')).collect::<Vec<_>>().join(", ");
        if let Some(value) = normal::of_text(leaf, &text) {
            best.push(Candidate { spans: spans.to_vec(), value, score: score * if has_town { 1.0 } else { 0.75 } });
        }
    }
}

fn is_bank_asked(leaf: &Leaf<'_>) -> bool {
    leaf.words.iter().any(|word| matches!(word.text.as_str(), "bank" | "banque" | "banco"))
}
