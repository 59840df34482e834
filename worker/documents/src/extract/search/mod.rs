//! The search for the value of one field.

mod codes;
mod declared;
mod first;
mod names;
mod text;
mod ticks;
mod typed;

use serde_json::Value;

use super::arithmetic::Ledger;
use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::paragraph::Paragraph;
use super::party::{self, Parties};
use super::pass::Pass;
use super::phrase::Phrase;
use super::reading::Reading;
use super::role::Role;
use super::sums::Sums;
use super::tabled::{self, Tabled};
use super::want::Want;
use super::{choice, contact, dated, dateline, defined, habit, labelled, patterned, payable, prose, spoken, titled};
use crate::embed::Embedder;
use crate::lexicon::{self, Concept};
use crate::value::Kind;
use crate::view::{Label, Span};

/// How much of a claim is left that words make which are no known label.
const UNKNOWN_CLAIM: f32 = 0.3;
/// What the head of a mail is worth for days and names, which are those of the letter in it.
const MAIL_HEAD: f32 = 0.5;

/// What all fields are searched with.
pub(crate) struct Search<'d> {
    pub(crate) reading: &'d Reading,
    pub(crate) parties: &'d Parties,
    pub(crate) phrases: &'d [Phrase],
    pub(crate) paragraphs: &'d [Paragraph],
    pub(crate) tables: &'d [Tabled],
    pub(crate) sums: &'d Sums,
    /// The labels of each typed value.
    pub(crate) labels: &'d [Vec<Label>],
    pub(crate) ledger: &'d Ledger,
    pub(crate) embedder: Option<&'d Embedder>,
    pub(crate) pass: Pass,
}

impl Search<'_> {
    /// The best candidates of a field.
    pub(crate) fn candidates(&self, leaf: &Leaf<'_>) -> Vec<Candidate> {
        let mut best = Best::default();
        match &leaf.want {
            Want::Choice(values) => choice::search(self, leaf, values, &mut best),
            Want::Typed(_) => self.push_typed(leaf, &mut best),
            Want::Name => {
                self.push_phrases(leaf, &mut best);
                self.push_party_names(leaf, &mut best);
                defined::push(self, leaf, &mut best);
                if self.pass.has_habits {
                    spoken::push(self, leaf, &mut best);
                }
            }
            Want::Address => {
                self.push_addresses(leaf, &mut best);
                self.push_party_addresses(leaf, &mut best);
            }
            Want::Title => {
                self.push_phrases(leaf, &mut best);
                self.push_title(leaf, &mut best);
            }
            Want::Text => self.push_phrases(leaf, &mut best),
        }
        if self.pass.has_habits && matches!(leaf.want, Want::Text | Want::Name | Want::Title) {
            habit::push_letter(self, leaf, &mut best);
        }
        if self.pass.has_habits {
            prose::push(self, leaf, &mut best);
            dateline::push(self, leaf, &mut best);
            dated::push(self, leaf, &mut best);
            titled::push(self, leaf, &mut best);
            payable::push(self, leaf, &mut best);
            contact::push(self, leaf, &mut best);
            patterned::push(self, leaf, &mut best);
        }
        self.push_declared(leaf, &mut best);
        best.0
    }

    /// Whether a field asks for the name of whom the paper is about: the full name, and no more.
    pub(super) fn is_own(&self, leaf: &Leaf<'_>) -> bool {
        const OWN: &[&str] = &[
            "full",
            "name",
            "candidate",
            "applicant",
            "person",
            "complet",
            "completo",
            "nom",
            "nombre",
            "vollstandiger",
            "bewerber",
            "candidat",
            "candidato",
        ];
        leaf.concept != Some(Concept::FirstName) && leaf.words.iter().all(|word| OWN.contains(&word.text.as_str()))
    }

    fn role(&self, leaf: &Leaf<'_>) -> Option<Role> {
        leaf.role.or(self.is_own(leaf).then_some(Role::Issuer)).map(|role| self.parties.role(role, &leaf.words))
    }

    pub(super) fn named(&self, span: Span, labels: &[Label], leaf: &Leaf<'_>) -> labelled::Named {
        let place = tabled::place(self.reading, self.tables, span);
        labelled::named(self.reading, span, labels, leaf, self.pass, self.embedder, place)
    }

    /// How strongly labels say that a value is something else, whose form tells what it is: the words before it may be no
    /// label at all, as in "Questions? billing@...", or one of what no such value can be: no number of an invoice is
    /// an address of mail.
    pub(super) fn claim(&self, claimed: f32, kind: Kind, labels: &[Label]) -> f32 {
        let text = labels.first().map_or("", |label| self.reading.text(label.span));
        let is_other = || {
            let named = lexicon::concepts_of_label(text).first().map(|(concept, _)| concept.kind());
            match kind {
                Kind::Email | Kind::Url | Kind::Iban => named.is_some_and(|named| named != kind),
                // "Total EUR" says the currency of a total.
                Kind::Currency => named == Some(Kind::Money),
                // "VAT: DE 123456789" is no amount.
                Kind::VatId => named.is_some_and(|named| matches!(named, Kind::Money | Kind::Percent)),
                _ => false,
            }
        };
        if party::is_known_label(text) && !is_other() { claimed } else { claimed * UNKNOWN_CLAIM }
    }

    /// What is left of a day or a name for that the head of a mail has it.
    fn mail_factor(&self, line: usize) -> f32 {
        if self.reading.mail_head.contains(&line) { MAIL_HEAD } else { 1.0 }
    }
}

/// The value of a candidate as text, to compare.
pub(crate) fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
