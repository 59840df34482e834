//! Texts that a label names, and what a document calls itself.

use super::super::candidate::{Best, Candidate};
use super::super::leaf::Leaf;
use super::super::phrase::{Phrase, name_fit};
use super::super::role::Role;
use super::super::want::Want;
use super::super::wording::LAW;
use super::super::{habit, normal, party, title};
use super::Search;
use crate::lexicon::Concept;
use crate::matching::words;
use crate::value::Kind;
use crate::view::{Label, Relation, Span};

/// What a name is worth that is the other party's.
const OTHERS_NAME: f32 = 0.3;
/// What is left of a text that is a piece of what is said.
const SAID: f32 = 0.5;
/// What the number of a cashier is worth, against a name.
const CASHIER_CODE: f32 = 0.75;
/// How well a label must name a field to say what stands beside it, and how far nothing else stands, in heights of a line.
const TOLD: f32 = 0.9;
const FAR: f32 = 40.0;
/// Words of a sentence, which such a value has not.
const SENTENCE: usize = 6;
/// Lines of a heading's paragraph that make one value.
const PARAGRAPH: usize = 12;

impl Search<'_> {
    pub(super) fn push_phrases(&self, leaf: &Leaf<'_>, best: &mut Best) {
        for phrase in self.phrases {
            let mut score = self.named(phrase.span, &phrase.labels, leaf).score;
            if score < 0.2 {
                continue;
            }
            let text = self.reading.text(phrase.span);
            score *= match leaf.want {
                Want::Name if habit::is_salutation(self.reading.text(self.reading.view.whole(phrase.span.line))) => 0.3,
                // Tills know who sits at them by numbers as well.
                Want::Name if leaf.concept == Some(Concept::Cashier) && is_short(text) => {
                    name_fit(self.reading, phrase.span).max(CASHIER_CODE)
                }
                Want::Name => name_fit(self.reading, phrase.span) * self.mail_factor(phrase.span.line),
                _ => text_fit(text),
            };
            let is_label = party::is_known_label(text) && !text.bytes().any(|byte| byte.is_ascii_digit());
            if phrase.is_line
                && (is_label || leaf.named_by(text, None) > 0.8)
                && !self.is_beside_its_label(leaf, phrase)
            {
                score *= 0.35;
            }
            score *= self.own_factor(leaf, phrase) * self.said_factor(leaf, phrase);
            let spans = self.whole_text(leaf, phrase);
            let text = spans.iter().map(|span| self.reading.text(*span)).collect::<Vec<_>>().join(" ");
            if let Some(value) = normal::of_text(leaf, &text) {
                best.push(Candidate { spans, value, score });
            }
        }
    }

    /// What is left of a text that is a piece of what is said: a sentence for what sentences name, the rest of a name, who
    /// signs for who sends.
    fn said_factor(&self, leaf: &Leaf<'_>, phrase: &Phrase) -> f32 {
        let text = self.reading.text(phrase.span);
        let whole = self.reading.text(self.reading.view.whole(phrase.span.line));
        let is_sentence = text.split_whitespace().count() >= SENTENCE;
        match leaf.concept {
            Some(Concept::Jurisdiction | Concept::NoticePeriod) if is_sentence && leaf.want == Want::Text => SAID,
            Some(Concept::SenderName) if habit::is_signed(whole) => SAID,
            Some(Concept::Jurisdiction) if self.is_rest_of_law(phrase) => SAID,
            _ if leaf.want == Want::Name && leaf.role.is_some() && self.is_rest_of_name(phrase) => SAID,
            Some(Concept::PaymentMethod) if is_sentence => SAID,
            Some(Concept::PaymentTerms | Concept::PaymentMethod) if self.is_value_only(phrase) => SAID,
            // "Seller | trade name" is a label, and none of its words a name.
            _ if leaf.want == Want::Name && self.is_rest_of_label(phrase) => SAID,
            _ => 1.0,
        }
    }

    /// Whether a text is a day, an amount or a number and nothing else, which says nothing of how something is paid.
    fn is_value_only(&self, phrase: &Phrase) -> bool {
        let text = self.reading.text(phrase.span).trim();
        let mut values = self.reading.values_of(phrase.span.line).iter();
        values.any(|typed| {
            let is_plain =
                matches!(typed.value.kind(), Kind::Date | Kind::Money | Kind::Number | Kind::Identifier | Kind::Iban);
            is_plain && self.reading.text(typed.span) == text
        })
    }

    /// Whether a text of several words that follows others on its line is itself a label.
    fn is_rest_of_label(&self, phrase: &Phrase) -> bool {
        let text = self.reading.text(phrase.span);
        let is_behind = phrase.labels.first().is_some_and(|label| label.relation == Relation::Before);
        is_behind && !phrase.is_line && text.contains(' ') && party::is_known_label(text)
    }

    /// Whether what a label names beside it is all that stands there: a word for how something is paid may be a label
    /// elsewhere.
    fn is_beside_its_label(&self, leaf: &Leaf<'_>, phrase: &Phrase) -> bool {
        let view = &self.reading.view;
        let is_told = |label: &Label| {
            matches!(label.relation, Relation::Left | Relation::Colon)
                && leaf.named_by(view.text(label.span), None) >= TOLD
        };
        leaf.concept == Some(Concept::PaymentMethod)
            && phrase.labels.first().is_some_and(is_told)
            && view.next_right(phrase.span.line, FAR).is_none()
            && leaf.named_by(self.reading.text(phrase.span), None) < TOLD
    }

    /// Whether a text is what follows the word for a law within its name: "español" of "derecho español".
    fn is_rest_of_law(&self, phrase: &Phrase) -> bool {
        let label = phrase.labels.first().filter(|label| label.relation == Relation::Before && !phrase.is_line);
        label.is_some_and(|label| {
            let name = self.reading.text(label.span);
            name.starts_with(char::is_lowercase) && LAW.contains(&name)
        })
    }

    /// Whether a text is what follows the first word of a name: "Petersen" of "Holger Petersen".
    fn is_rest_of_name(&self, phrase: &Phrase) -> bool {
        let label = phrase.labels.first().filter(|label| label.relation == Relation::Before && !phrase.is_line);
        let is_word = |text: &str| {
            !text.contains(' ') && text.chars().next().is_some_and(char::is_uppercase) && !text.ends_with(['.', ':'])
        };
        label.is_some_and(|label| {
            let name = self.reading.text(label.span);
            is_word(name) && is_word(self.reading.text(phrase.span)) && Role::of(&words::of_text(name)).is_none()
        })
    }

    /// What is left of a name that a label says is the other party's: on an order the issuer is the buyer.
    fn own_factor(&self, leaf: &Leaf<'_>, phrase: &Phrase) -> f32 {
        let (Some(role), Want::Name) = (self.role(leaf), &leaf.want) else { return 1.0 };
        let party = self.parties.of_line(phrase.span.line).filter(|party| party.name.line == phrase.span.line);
        match party {
            Some(party) if party.is_told() && party.role == role.swapped() && party.role != role => OTHERS_NAME,
            _ if role == Role::Addressee && self.is_issuer(phrase) => OTHERS_NAME,
            _ => 1.0,
        }
    }

    /// Whether a text is the name of the issuer, who holds the account and is written to as well.
    fn is_issuer(&self, phrase: &Phrase) -> bool {
        let text = self.reading.text(phrase.span).trim();
        self.parties.of_role(Role::Issuer).any(|issuer| self.reading.text(issuer.name).trim() == text)
    }

    /// A paragraph under the heading that names it is one value.
    fn whole_text(&self, leaf: &Leaf<'_>, phrase: &Phrase) -> Vec<Span> {
        let view = &self.reading.view;
        let is_under_heading = phrase.labels.first().is_some_and(|label| label.relation == Relation::Heading);
        let Some(own) = view.lines.get(phrase.span.line).filter(|_| leaf.want == Want::Text && is_under_heading) else {
            return vec![phrase.span];
        };
        let rest = (phrase.span.line + 1..).take(PARAGRAPH).take_while(|&next| {
            view.lines.get(next).is_some_and(|next| next.block == own.block && next.cell == own.cell)
        });
        std::iter::once(phrase.span).chain(rest.map(|line| view.whole(line))).collect()
    }

    /// What the document calls itself: its largest heading, or the first line that is a title.
    pub(super) fn push_title(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let view = &self.reading.view;
        let headings = (0..self.reading.lines()).filter_map(|line| Some((view.lines.get(line)?.heading?, line)));
        let heading = headings.min().map(|(_, line)| line);
        let titled =
            (0..self.reading.lines()).take(20).find(|&line| title::is_title(self.reading.text(view.whole(line))));
        for (line, score) in [(heading, 0.7), (titled, 0.72)] {
            if let Some(line) = line
                && let Some(value) = normal::of_text(leaf, self.reading.text(view.whole(line)))
            {
                best.push(Candidate { spans: vec![view.whole(line)], value, score });
            }
        }
    }
}

/// Whether a text is a code or a few words.
fn is_short(text: &str) -> bool {
    text.split_whitespace().count() <= 4 && text.chars().any(char::is_alphanumeric)
}

/// How well a text is a value at all.
fn text_fit(text: &str) -> f32 {
    let trimmed = text.trim();
    if !trimmed.chars().any(char::is_alphanumeric) {
        0.0
    } else if trimmed.ends_with(':') {
        0.2
    } else {
        1.0
    }
}
