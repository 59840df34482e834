//! The search for the value of one field.

use serde_json::Value;

use super::address;
use super::arithmetic::{self, Ledger};
use super::candidate::{Best, Candidate};
use super::choice;
use super::defined;
use super::habit;
use super::labelled;
use super::leaf::Leaf;
use super::normal;
use super::paragraph::Paragraph;
use super::party::{self, Parties, is_bank};
use super::pass::Pass;
use super::phrase::{Phrase, name_fit};
use super::prose;
use super::range;
use super::reading::{Reading, Typed};
use super::role::Role;
use super::tick;
use super::want::Want;
use crate::embed::Embedder;
use crate::lexicon::Concept;
use crate::value::Kind;
use crate::view::{Label, Relation, Span};

/// What a value of a telling kind is worth without a label, and one that stands in the block of the party asked for.
/// Set by hand with the tuning family in view, as the other weights here.
const ALONE: f32 = 0.72;
const IN_BLOCK: f32 = 0.82;
/// What is left of a value in the block of another party than the one asked for.
const OTHER_PARTY: f32 = 0.4;
/// What the first date of a page is worth without a label, for the field that asks for the date of the document.
const FIRST_DATE: f32 = 0.66;
/// How much more a figure is worth that others bear out, and how much less one that they do not.
const SUPPORT: f32 = 0.16;
/// How much of a claim is left that words make which are no known label.
const UNKNOWN_CLAIM: f32 = 0.3;
/// What a wish is worth that stands on a form without a mark.
const UNMARKED: f32 = 0.62;
/// What the head of a mail is worth for days and names, which are those of the letter in it.
const MAIL_HEAD: f32 = 0.5;
/// A code that is all of what a label names, against a part of it that is read as a value.
const WHOLE_CODE: f32 = 1.04;
/// What a bank's name is worth that stands in the first lines.
const BANK_ABOVE: f32 = 0.8;
const BANK_LINES: usize = 8;
/// Lines of a heading's paragraph that make one value.
const PARAGRAPH: usize = 12;

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
        }
        best.0
    }

    fn role(&self, leaf: &Leaf<'_>) -> Option<Role> {
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
        let is_own = leaf.words.iter().all(|word| OWN.contains(&word.text.as_str()));
        leaf.role.or(is_own.then_some(Role::Issuer)).map(|role| self.parties.role(role, &leaf.words))
    }

    /// Whether a span stands in a table of items.
    fn is_of_items(&self, span: Span) -> bool {
        let place = self.reading.view.lines.get(span.line).and_then(|line| line.cell);
        place.is_some_and(|place| self.of_items.get(place.grid).copied().unwrap_or_default())
    }

    pub(super) fn named(&self, span: Span, labels: &[Label], leaf: &Leaf<'_>) -> labelled::Named {
        let is_of_items = self.is_of_items(span);
        labelled::named(&self.reading.view, span, labels, leaf, self.pass, self.embedder, is_of_items)
    }

    fn push_typed(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let Want::Typed(kinds) = &leaf.want else { return };
        let Some(&(wanted, _)) = kinds.first() else { return };
        let alone = self.alone(leaf, wanted);
        for (typed, labels) in self.reading.values.iter().zip(self.labels) {
            let fit = leaf.want.fit(typed.value.kind());
            if fit <= 0.0 {
                continue;
            }
            if wanted == Kind::Money && self.is_rate(typed.span) {
                continue;
            }
            let Some(value) = normal::of_typed(leaf, &typed.value, wanted) else { continue };
            let mut named = self.named(typed.span, labels, leaf);
            let sure = fit * (0.6 + 0.4 * typed.confidence);
            let mut span = typed.span;
            if wanted == Kind::Currency && typed.value.kind() == Kind::Money {
                // Every amount may say the currency, whatever it is named.
                (named.claimed, span) = (0.0, self.sign(typed.span));
            }
            let mut score = named.score * sure;
            let is_named = labels.first().is_some_and(|label| party::is_known_label(self.reading.text(label.span)));
            if leaf.want.is_telling() && !is_named {
                // The words before it are no label of something else: "Questions? billing@..."
                named.claimed *= UNKNOWN_CLAIM;
            }
            if self.pass.has_habits {
                score = score.max(alone * sure * (1.0 - named.claimed));
            }
            score *= self.party_factor(leaf, typed, score);
            if wanted == Kind::Date {
                score *= self.mail_factor(typed.span.line);
            }
            if let (Some(role), Some(figure)) = (leaf.concept.and_then(arithmetic::Role::of), typed.value.number()) {
                score *= 1.0 + SUPPORT * (self.ledger.support(role, figure) - 0.5);
            }
            best.push(Candidate { spans: vec![span], value, score: score + self.habit(leaf, typed.span) });
        }
        if wanted == Kind::Identifier {
            self.push_codes(leaf, best);
        }
        if wanted == Kind::Bool {
            self.push_ticks(leaf, best);
        }
        if self.pass.has_habits && wanted == Kind::Date {
            self.push_first_date(leaf, best);
            range::push(self, leaf, best);
        }
    }

    /// Whether a sign of percent follows: "VAT 20 %" tells no amount.
    fn is_rate(&self, span: Span) -> bool {
        let whole = self.reading.view.whole(span.line);
        self.reading.text(Span { start: span.end, ..whole }).trim_start().starts_with('%')
    }

    /// What is left of a day or a name for that the head of a mail has it.
    fn mail_factor(&self, line: usize) -> f32 {
        const HEAD: &[&str] = &["from:", "to:", "cc:", "subject:", "date:", "sent:"];
        let is_head = |line: &usize| {
            let text = self.reading.text(self.reading.view.whole(*line)).to_lowercase();
            HEAD.iter().any(|start| text.starts_with(start))
        };
        let head = (0..self.reading.lines().min(HEAD.len())).take_while(is_head).count();
        if head > 2 && line < head { MAIL_HEAD } else { 1.0 }
    }

    /// A box beside the words that name the field.
    fn push_ticks(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let view = &self.reading.view;
        for line in 0..self.reading.lines() {
            let text = self.reading.text(view.whole(line));
            let (at, is_ticked, text, sure) = if let Some((mark, is_ticked)) = tick::beside(view, line) {
                (mark, is_ticked, text, 1.0)
            } else if let Some((is_ticked, text)) = tick::at_start(text) {
                (line, is_ticked, text, 1.0)
            } else if matches!(leaf.concept, Some(Concept::Newsletter | Concept::Consent)) && !text.contains(':') {
                // Where others have a cross and this has none, its box is drawn and blank.
                (line, false, text, UNMARKED)
            } else {
                continue;
            };
            let score = sure * leaf.named_by(text, self.embedder);
            best.push(Candidate { spans: vec![view.whole(at)], value: Value::Bool(is_ticked), score });
        }
    }

    /// What a value of this kind is worth without a label: the more of them there are, the less.
    fn alone(&self, leaf: &Leaf<'_>, wanted: Kind) -> f32 {
        if !leaf.want.is_telling() {
            return 0.0;
        }
        let mut texts: Vec<String> = self
            .reading
            .values
            .iter()
            .filter(|typed| typed.value.kind() == wanted)
            .map(|typed| typed.value.normal())
            .take(64)
            .collect();
        texts.sort();
        texts.dedup();
        match texts.len() {
            0 | 1 => ALONE,
            2 => 0.8 * ALONE,
            _ => 0.6 * ALONE,
        }
    }

    /// The sign of the currency in an amount.
    fn sign(&self, amount: Span) -> Span {
        let text = self.reading.text(amount);
        let is_sign = |sign: char| {
            sign.is_alphabetic() || !(sign.is_ascii() || sign.is_numeric() || sign.is_whitespace()) || sign == '$'
        };
        let Some(start) = text.find(is_sign) else { return amount };
        let length = text.get(start..).map_or(0, |rest| rest.find(|sign| !is_sign(sign)).unwrap_or(rest.len()));
        Span { start: amount.start + start, end: amount.start + start + length, ..amount }
    }

    /// What is left of a value for whose party it is; values in the block of the party asked for need no label.
    fn party_factor(&self, leaf: &Leaf<'_>, typed: &Typed, score: f32) -> f32 {
        let (Some(role), Some(party)) = (self.role(leaf), self.parties.of_line(typed.span.line)) else { return 1.0 };
        if party.role != role {
            return if leaf.want.is_telling() { OTHER_PARTY } else { 1.0 };
        }
        if leaf.want.is_telling() && score > 0.0 { (IN_BLOCK / score).max(1.0) } else { 1.0 }
    }

    /// Of candidates that are as good, sums stand below, all else above.
    fn habit(&self, leaf: &Leaf<'_>, span: Span) -> f32 {
        let lines = self.reading.view.lines.len().max(1);
        #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
        let depth = span.line as f32 / lines as f32;
        if leaf.want.fit(Kind::Money) > 0.0 { 0.01 * depth } else { 0.01 * (1.0 - depth) }
    }

    /// What follows a label and has digits, however it is written.
    fn push_codes(&self, leaf: &Leaf<'_>, best: &mut Best) {
        for phrase in self.phrases {
            let text = self.reading.text(phrase.span);
            let words = text.split_whitespace().count();
            let is_whole = is_whole_code(leaf, text);
            let is_code = text.bytes().any(|byte| byte.is_ascii_digit()) && words <= 3 && text.len() <= 40;
            let is_other = self.reading.values_of(phrase.span.line).iter().any(|typed| {
                let covers = typed.span.start <= phrase.span.start && typed.span.end >= phrase.span.end;
                let is_code = matches!(typed.value.kind(), Kind::Identifier | Kind::Number);
                covers && !(is_code || is_whole && typed.value.kind() == Kind::Phone)
            });
            if !is_code || is_other {
                continue;
            }
            let score = self.named(phrase.span, &phrase.labels, leaf).score * if is_whole { WHOLE_CODE } else { 0.85 };
            if let Some(value) = normal::of_text(leaf, text) {
                best.push(Candidate { spans: vec![phrase.span], value, score });
            }
        }
    }

    /// The date of a letter or a receipt, which says so nowhere.
    fn push_first_date(&self, leaf: &Leaf<'_>, best: &mut Best) {
        if !leaf.is_main() {
            return;
        }
        let first = self.reading.values.iter().zip(self.labels).find(|(typed, labels)| {
            matches!(typed.value.kind(), Kind::Date | Kind::DateTime)
                && self
                    .reading
                    .view
                    .lines
                    .get(typed.span.line)
                    .is_some_and(|line| line.page == 1 && line.cell.is_none())
                && self.named(typed.span, labels, leaf).claimed < 0.4
        });
        if let Some((typed, _)) = first
            && let Some(value) = normal::of_typed(leaf, &typed.value, Kind::Date)
        {
            best.push(Candidate { spans: vec![typed.span], value, score: FIRST_DATE * (0.6 + 0.4 * typed.confidence) });
        }
    }

    fn push_phrases(&self, leaf: &Leaf<'_>, best: &mut Best) {
        for phrase in self.phrases {
            let mut score = self.named(phrase.span, &phrase.labels, leaf).score;
            if score < 0.2 {
                continue;
            }
            let text = self.reading.text(phrase.span);
            score *= match leaf.want {
                Want::Name if habit::is_salutation(self.reading.text(self.reading.view.whole(phrase.span.line))) => 0.3,
                Want::Name => name_fit(self.reading, phrase.span) * self.mail_factor(phrase.span.line),
                _ => text_fit(text),
            };
            if phrase.is_line && (party::is_known_label(text) || leaf.named_by(text, None) > 0.8) {
                score *= 0.35;
            }
            let spans = self.whole_text(leaf, phrase);
            let text = spans.iter().map(|span| self.reading.text(*span)).collect::<Vec<_>>().join(" ");
            if let Some(value) = normal::of_text(leaf, &text) {
                best.push(Candidate { spans, value, score });
            }
        }
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

    /// The bank in the head of its paper, alone or beside the title.
    fn push_bank(&self, leaf: &Leaf<'_>, best: &mut Best) {
        for line in 0..self.reading.lines().min(BANK_LINES) {
            let text = self.reading.text(self.reading.view.whole(line));
            for part in text.split(['–', '—', '|', '·']).map(str::trim) {
                let start = part.as_ptr() as usize - text.as_ptr() as usize;
                let span = Span { line, start, end: start + part.len() };
                let is_name = is_bank(part) && !party::is_title(part) && name_fit(self.reading, span) > 0.5;
                if let Some(value) = normal::of_text(leaf, part).filter(|_| is_name) {
                    best.push(Candidate { spans: vec![span], value, score: BANK_ABOVE });
                }
            }
        }
    }

    fn push_party_names(&self, leaf: &Leaf<'_>, best: &mut Best) {
        if self.pass.has_habits && is_bank_asked(leaf) {
            self.push_bank(leaf, best);
        }
        let Some(role) = self.role(leaf).filter(|_| self.pass.has_habits) else { return };
        for party in self.parties.all.iter().filter(|party| party.role == role) {
            let text = self.reading.text(party.name);
            if is_bank_asked(leaf) && !is_bank(text) {
                continue;
            }
            if let Some(value) = normal::of_text(leaf, text) {
                let score = party.certainty * name_fit(self.reading, party.name);
                best.push(Candidate { spans: vec![party.name], value, score });
            }
        }
    }

    /// Lines of an address beside or below a label.
    fn push_addresses(&self, leaf: &Leaf<'_>, best: &mut Best) {
        for phrase in self.phrases {
            let score = self.named(phrase.span, &phrase.labels, leaf).score;
            if score >= 0.2 {
                let mut spans = vec![phrase.span];
                let rest = address::stack(&self.reading.view, phrase.span.line);
                spans.extend(rest.into_iter().skip(1).map(|line| self.reading.view.whole(line)));
                self.push_address(leaf, &spans, score, best);
            }
        }
    }

    fn push_party_addresses(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let Some(role) = self.role(leaf).filter(|_| self.pass.has_habits) else { return };
        for party in self.parties.all.iter().filter(|party| party.role == role) {
            let spans: Vec<Span> = party.lines.iter().map(|&line| self.reading.view.whole(line)).collect();
            self.push_address(leaf, &spans, 0.97 * party.certainty, best);
        }
    }

    /// Of lines that hold an address those that are of it, from the first to the last.
    fn push_address(&self, leaf: &Leaf<'_>, spans: &[Span], score: f32, best: &mut Best) {
        let is_line = |span: &Span| address::is_line(self.reading.text(*span));
        let (Some(first), Some(last)) = (spans.iter().position(is_line), spans.iter().rposition(is_line)) else {
            return;
        };
        let spans = spans.get(first..=last).unwrap_or_default();
        let has_town = spans.iter().any(|span| address::is_town(self.reading.text(*span)));
        let text =
            spans.iter().map(|span| self.reading.text(*span).trim_end_matches(',')).collect::<Vec<_>>().join(", ");
        if let Some(value) = normal::of_text(leaf, &text) {
            best.push(Candidate { spans: spans.to_vec(), value, score: score * if has_town { 1.0 } else { 0.75 } });
        }
    }

    /// What the document calls itself: its largest heading, or the first line that is a title.
    fn push_title(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let view = &self.reading.view;
        let headings = (0..self.reading.lines()).filter_map(|line| Some((view.lines.get(line)?.heading?, line)));
        let heading = headings.min().map(|(_, line)| line);
        let titled =
            (0..self.reading.lines()).take(20).find(|&line| party::is_title(self.reading.text(view.whole(line))));
        for (line, score) in [(heading, 0.7), (titled, 0.72)] {
            if let Some(line) = line
                && let Some(value) = normal::of_text(leaf, self.reading.text(view.whole(line)))
            {
                best.push(Candidate { spans: vec![view.whole(line)], value, score });
            }
        }
    }
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

fn is_bank_asked(leaf: &Leaf<'_>) -> bool {
    leaf.words.iter().any(|word| matches!(word.text.as_str(), "bank" | "banque" | "banco"))
}

/// The value of a candidate as text, to compare.
pub(crate) fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether a text is one code, though it has spaces: "SC18 2WM", "11 470 892".
fn is_whole_code(leaf: &Leaf<'_>, text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_digits = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_post = leaf.concept == Some(Concept::PostalCode) && words.len() == 2 && address::is_town(text);
    is_post || (2..=3).contains(&words.len()) && words.iter().all(is_digits)
}
