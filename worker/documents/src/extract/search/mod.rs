//! The search for the value of one field.

mod names;
mod text;
mod typed;

use serde_json::Value;

use super::arithmetic::Ledger;
use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::paragraph::Paragraph;
use super::party::Parties;
use super::pass::Pass;
use super::phrase::Phrase;
use super::reading::Reading;
use super::role::Role;
use super::want::Want;
use super::{choice, contact, dateline, defined, habit, labelled, patterned, payable, prose, spoken, titled};
use crate::embed::Embedder;
use crate::lexicon::{self, Concept};
use crate::value::Kind;
use crate::view::{Label, Span};

/// How much of a claim is left that words make which are no known label.
const UNKNOWN_CLAIM: f32 = 0.3;
/// How well the lexicon knows a label that says what its value is.
const KNOWN_LABEL: f32 = 0.85;
/// What the head of a mail is worth for days and names, which are those of the letter in it.
const MAIL_HEAD: f32 = 0.5;

/// What all fields are searched with.
pub(crate) struct Search<'d> {
    pub(crate) reading: &'d Reading,
    pub(crate) parties: &'d Parties,
    pub(crate) phrases: &'d [Phrase],
    pub(crate) paragraphs: &'d [Paragraph],
    /// Of each table, whether it is one of items.
    pub(crate) of_items: &'d [bool],
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
            payable::push(self, leaf, &mut best);
            titled::push(self, leaf, &mut best);
            dateline::push(self, leaf, &mut best);
            contact::push(self, leaf, &mut best);
            patterned::push(self, leaf, &mut best);
        }
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

    /// Whether a span stands in a table of items.
    fn is_of_items(&self, span: Span) -> bool {
        let place = self.reading.view.lines.get(span.line).and_then(|line| line.cell);
        place.is_some_and(|place| self.of_items.get(place.grid).copied().unwrap_or_default())
    }

    pub(super) fn named(&self, span: Span, labels: &[Label], leaf: &Leaf<'_>) -> labelled::Named {
        let is_of_items = self.is_of_items(span);
        labelled::named(self.reading, span, labels, leaf, self.pass, self.embedder, is_of_items)
    }

    /// How strongly labels say that a value is something else, whose form tells what it is: the words before it may be no
    /// label at all, as in "Questions? billing@...", or one of what the value cannot be.
    pub(super) fn claim(&self, claimed: f32, labels: &[Label]) -> f32 {
        let is_known = labels.first().is_some_and(|label| {
            let meanings = lexicon::concepts_of_label(self.reading.text(label.span));
            let known = meanings.first().filter(|(_, score)| *score >= KNOWN_LABEL);
            known.is_some_and(|(concept, _)| match concept.kind() {
                Kind::Money | Kind::Text | Kind::Percent => false,
                // Whom a name is of may have a number as well, who brings the goods has none.
                Kind::Name => *concept != Concept::Carrier,
                _ => true,
            })
        });
        if is_known { claimed } else { claimed * UNKNOWN_CLAIM }
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
