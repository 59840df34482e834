//! Values of a kind: dates, sums, codes, boxes with crosses.

use serde_json::Value;

use super::super::arithmetic;
use super::super::candidate::{Best, Candidate};
use super::super::leaf::Leaf;
use super::super::party::Party;
use super::super::reading::Typed;
use super::super::role::Role;
use super::super::want::Want;
use super::super::{address, beside, cumulated, normal, range, tick};
use super::Search;
use crate::lexicon::{self, Concept};
use crate::schema;
use crate::value::{self, Kind};
use crate::view::{Label, Span};

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
/// How well a code without the letters of a country must be named to be the number of a tax.
const PLAIN_TAX: f32 = 0.7;
/// What words are worth as a label that stand behind their value.
const BEHIND: f32 = 0.9;
/// What a wish is worth that stands on a form without a mark.
const UNMARKED: f32 = 0.62;
/// What the only wish of a form is worth for a field that asks for one.
const ONLY_WISH: f32 = 0.95;
/// What the option of yes and no is worth that has the mark.
const MARKED: f32 = 1.05;
/// A code that is all of what a label names, against a part of it that is read as a value.
const WHOLE_CODE: f32 = 1.04;

impl Search<'_> {
    pub(super) fn push_typed(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let Want::Typed(kinds) = &leaf.want else { return };
        let Some(&(wanted, _)) = kinds.first() else { return };
        let alone = self.alone(leaf, wanted);
        for (typed, labels) in self.reading.values.iter().zip(self.labels) {
            self.push_value(leaf, wanted, alone, (typed, labels), best);
        }
        if matches!(wanted, Kind::Identifier | Kind::VatId) {
            self.push_codes(leaf, best);
        }
        if wanted == Kind::Bool {
            self.push_ticks(leaf, best);
            self.push_options(leaf, best);
        }
        if self.pass.has_habits && wanted == Kind::Date {
            self.push_first_date(leaf, best);
            range::push(self, leaf, best);
        }
    }

    /// A typed value by what it is named, by its kind alone, by whose it is, by the sums that bear it out.
    fn push_value(
        &self,
        leaf: &Leaf<'_>,
        wanted: Kind,
        alone: f32,
        (typed, labels): (&Typed, &[Label]),
        best: &mut Best,
    ) {
        let fit = leaf.want.fit(typed.value.kind());
        if fit <= 0.0 || wanted == Kind::Money && self.is_rate(typed.span) {
            return;
        }
        let Some(value) = self.value_of(leaf, typed, wanted) else { return };
        let mut named = self.named(typed.span, labels, leaf);
        if wanted == Kind::VatId && typed.value.kind() == Kind::Identifier && named.score < PLAIN_TAX {
            return;
        }
        if wanted == Kind::Percent && typed.value.kind() == Kind::Percent {
            named.score = named.score.max(self.named_behind(leaf, typed.span));
        }
        named.score = named.score.max(beside::named_by_party(self.reading, leaf, typed, labels));
        let sure = fit * (0.6 + 0.4 * typed.confidence);
        let mut span = typed.span;
        if wanted == Kind::Currency {
            // Every amount may say the currency, whatever it is named, and the label of one as well.
            named.claimed = 0.0;
            span = if typed.value.kind() == Kind::Money { self.sign(span) } else { span };
        }
        let mut score = named.score * sure;
        if leaf.want.is_telling() {
            named.claimed = self.claim(named.claimed, labels);
        }
        if self.pass.has_habits {
            score = score.max(alone * sure * (1.0 - named.claimed));
        }
        score *= self.party_factor(leaf, typed, score);
        if self.pass.has_habits && wanted == Kind::Time {
            score = score.max(beside::time_of_day(self.reading, leaf, typed) * sure);
        }
        if wanted == Kind::Money {
            score *= beside::address_factor(self.reading, typed);
            score *= cumulated::factor(&self.reading.view, typed.span, labels, &leaf.words);
        }
        if wanted == Kind::Date {
            score *= self.mail_factor(typed.span.line);
        }
        if let (Some(role), Some(figure)) = (leaf.concept.and_then(arithmetic::Role::of), typed.value.number()) {
            let told = if beside::is_told_due(self.reading, leaf, labels) { 1.0 } else { 0.0 };
            score *= 1.0 + SUPPORT * (self.ledger.support(role, figure).max(told) - 0.5);
        }
        best.push(Candidate { spans: vec![span], value, score: score + self.habit(leaf, typed.span) });
    }

    /// A value as the field wants it; digits of a code as they are written, which may begin with noughts.
    fn value_of(&self, leaf: &Leaf<'_>, typed: &Typed, wanted: Kind) -> Option<Value> {
        let text = self.reading.text(typed.span);
        let is_padded = text.starts_with('0') && text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_digit());
        if wanted == Kind::Identifier && is_padded && matches!(leaf.field.kind, schema::Kind::Text { .. }) {
            return normal::of_text(leaf, text);
        }
        let value = normal::of_typed(leaf, &typed.value, wanted)?;
        // A time without seconds has none in a field that asks for no form of its own.
        let is_plain = wanted == Kind::Time && matches!(leaf.field.kind, schema::Kind::Text { format: None, .. });
        let whole = value.as_str().and_then(|time| time.strip_suffix(":00")).filter(|_| is_plain);
        let is_short = text.matches([':', 'h', 'H', '.']).count() < 2 || typed.value.kind() == Kind::DateTime;
        match whole.filter(|time| is_short && leaf.field.allows(time)) {
            Some(time) => Some(Value::String(time.to_owned())),
            None => Some(value),
        }
    }

    /// Whether a sign of percent follows: "VAT 20 %" tells no amount.
    fn is_rate(&self, span: Span) -> bool {
        let whole = self.reading.view.whole(span.line);
        self.reading.text(Span { start: span.end, ..whole }).trim_start().starts_with('%')
    }

    /// How well the words behind a rate name it: "21 % IVA".
    fn named_behind(&self, leaf: &Leaf<'_>, span: Span) -> f32 {
        let whole = self.reading.view.whole(span.line);
        let text = self.reading.text(Span { start: span.end, ..whole }).trim();
        let is_named = text.chars().count() <= 30 && text.chars().next().is_some_and(char::is_alphabetic);
        if is_named { BEHIND * leaf.named_by(&format!("{text} %"), self.embedder) } else { 0.0 }
    }

    /// A box beside the words that name the field.
    fn push_ticks(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let view = &self.reading.view;
        let is_wished = matches!(leaf.concept, Some(Concept::Newsletter | Concept::Consent));
        let lines = if is_wished { 0..self.reading.lines() } else { 0..0 };
        let wishes: Vec<usize> = lines.filter(|&line| tick::is_wish(view, line)).collect();
        for line in 0..self.reading.lines() {
            let text = self.reading.text(view.whole(line));
            let (at, is_ticked, text, sure) = if let Some((mark, is_ticked)) = tick::beside(view, line) {
                (mark, is_ticked, text, 1.0)
            } else if let Some((is_ticked, text)) = tick::at_start(text) {
                (line, is_ticked, text, 1.0)
            } else if is_wished && !text.contains(':') {
                // Where others have a cross and this has none, its box is drawn and blank.
                (line, false, text, UNMARKED)
            } else {
                continue;
            };
            let mut score = sure * leaf.named_by(text, self.embedder);
            if wishes == [line] {
                // The one wish that a form has is the one that is asked for, whatever its words.
                score = score.max(ONLY_WISH * sure);
            }
            best.push(Candidate { spans: vec![view.whole(at)], value: Value::Bool(is_ticked), score });
        }
    }

    /// Yes and no beside each other, of which one has a mark: what stands left of both or over them names them.
    fn push_options(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let view = &self.reading.view;
        for typed in &self.reading.values {
            let value::Typed::Bool(is_yes) = typed.value else { continue };
            let line = typed.span.line;
            let text = self.reading.text(view.whole(line));
            let is_word = |text: &str| text.chars().all(char::is_alphabetic);
            let mark = match (tick::at_start(text), tick::beside(view, line)) {
                (Some((true, rest)), _) if is_word(rest) => line,
                (None, Some((mark, true))) if is_word(text) => mark,
                _ => continue,
            };
            let row = tick::row_before(view, mark);
            let first = row.iter().copied().chain([line, mark]).min().unwrap_or(line);
            let named = row.into_iter().chain(first.checked_sub(1));
            let named = named.map(|label| leaf.named_by(self.reading.text(view.whole(label)), self.embedder));
            let score = MARKED * named.fold(0.0, f32::max);
            best.push(Candidate { spans: vec![view.whole(mark)], value: Value::Bool(is_yes), score });
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
        let Some(party) = self.parties.of_line(typed.span.line) else { return 1.0 };
        let Some(role) = self.role(leaf).or_else(|| self.role_of_contact(typed, party)) else { return 1.0 };
        if party.role != role {
            return if leaf.want.is_telling() { OTHER_PARTY } else { 1.0 };
        }
        if leaf.want.is_telling() && score > 0.0 { (IN_BLOCK / score).max(1.0) } else { 1.0 }
    }

    /// Whose telephone or mail a field asks for without saying so: the issuer's, if the paper has one beside that of
    /// the party in whose block this one stands.
    fn role_of_contact(&self, typed: &Typed, party: &Party) -> Option<Role> {
        let kind = typed.value.kind();
        let is_contact = matches!(kind, Kind::Email | Kind::Phone | Kind::Url) && !self.parties.is_order;
        let is_other = |other: &Typed| other.value.kind() == kind && !party.lines.contains(&other.span.line);
        (is_contact && self.reading.values.iter().any(is_other)).then_some(Role::Issuer)
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
            let named = self.named(phrase.span, &phrase.labels, leaf).score;
            if named < PLAIN_TAX && leaf.want.fit(Kind::VatId) > 0.0 {
                continue;
            }
            let score = named * if is_whole { WHOLE_CODE } else { 0.85 };
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
                && !self.reading.mail_head.contains(&typed.span.line)
                && !is_aside(self.reading.text(Span { start: 0, end: typed.span.start, ..typed.span }))
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

/// Letters of such a code.
const LETTERS: std::ops::RangeInclusive<usize> = 6..=12;

/// Whether what stands before a day says that it is one of printing, of an enquiry or of receipt.
fn is_aside(text: &str) -> bool {
    const ASIDE: &[&str] = &[
        "printed",
        "enquiry",
        "inquiry",
        "received",
        "imprimé",
        "édité",
        "demande",
        "reçu",
        "druck",
        "anfrage",
        "eingang",
        "eingegangen",
        "impres",
        "solicitud",
        "consulta",
        "recibid",
    ];
    let text = text.to_lowercase();
    ASIDE.iter().any(|word| text.contains(word))
}
