//! Values of a kind: dates, sums, codes, boxes with crosses.

use serde_json::Value;

use super::super::arithmetic;
use super::super::candidate::{Best, Candidate};
use super::super::leaf::Leaf;
use super::super::reading::Typed;
use super::super::role::Role as PartyRole;
use super::super::want::Want;
use super::super::{address, cumulated, normal, range, tick};
use super::Search;
use crate::lexicon::{self, Concept};
use crate::value::{self, Decimal, Kind};
use crate::view::{Label, Relation, Span};

/// What a value of a telling kind is worth without a label, and one that stands in the block of the party asked for.
/// Set by hand with the tuning family in view, as the other weights here.
const ALONE: f32 = 0.72;
const IN_BLOCK: f32 = 0.82;
/// What is left of a value in the block of another party than the one asked for.
const OTHER_PARTY: f32 = 0.4;
/// How much more a figure is worth that others bear out, and how much less one that they do not.
const SUPPORT: f32 = 0.16;
/// How well a code without the letters of a country must be named to be the number of a tax.
const PLAIN_TAX: f32 = 0.7;
/// How sure a value is of its kind that may be a rival of others.
const SURE_KIND: f32 = 0.5;
/// What is left of what says how to reach whom a paper is addressed to, for a field that does not say whose it asks for.
const NOT_ISSUER: f32 = 0.75;
/// What a code is worth under the bare word for a customer, for the field that asks for the customer's number.
const BARE_CUSTOMER: f32 = 0.78;
/// What is left of a day of a range, for a field that asks for the day of the paper.
const OF_RANGE: f32 = 0.5;
/// What figures are worth that are the base of the printed tax, and what both come to; and what is left of the base as
/// the total.
const SETTLED: f32 = 0.86;
const NOT_TOTAL: f32 = 0.6;
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
        if self.pass.has_habits && leaf.concept == Some(Concept::Time) {
            self.push_first_time(leaf, best);
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
        let value = match wanted {
            Kind::Time => self.clock(leaf, typed),
            _ => normal::of_typed(leaf, &typed.value, wanted),
        };
        let Some(value) = value else { return };
        let mut named = self.named(typed.span, labels, leaf);
        if wanted == Kind::VatId && typed.value.kind() == Kind::Identifier && named.score < PLAIN_TAX {
            return;
        }
        if wanted == Kind::Percent && typed.value.kind() == Kind::Percent {
            named.score = named.score.max(self.named_behind(leaf, typed.span));
        }
        let sure = fit * (0.6 + 0.4 * typed.confidence);
        let mut span = typed.span;
        if wanted == Kind::Currency && typed.value.kind() == Kind::Money {
            // Every amount may say the currency, whatever it is named.
            (named.claimed, span) = (0.0, self.sign(typed.span));
        }
        let mut score = named.score * sure;
        if leaf.want.is_telling() {
            named.claimed = self.claim(named.claimed, labels);
        }
        // Words in capitals have the form of the code of a bank: where nothing else speaks of one, they are none.
        if self.pass.has_habits && (wanted != Kind::Bic || typed.confidence >= SURE_KIND || self.has_iban()) {
            score = score.max(alone * sure * (1.0 - named.claimed));
        }
        score *= self.party_factor(leaf, typed, score, named.claimed);
        if wanted == Kind::Money {
            score *= cumulated::factor(&self.reading.view, typed.span, labels, &leaf.words);
        }
        if wanted == Kind::Date {
            score *= self.mail_factor(typed.span.line);
            if leaf.concept.is_some_and(is_day_of_paper) && range::is_of_one(self, typed.span) {
                score *= OF_RANGE;
            }
        }
        if leaf.concept == Some(Concept::CustomerNumber) {
            score = score.max(sure * self.under_customer(typed, labels));
        }
        if let (Some(role), Some(figure)) = (leaf.concept.and_then(arithmetic::Role::of), typed.value.number()) {
            score *= 1.0 + SUPPORT * (self.ledger.support(role, figure) - 0.5);
            if wanted == Kind::Money && typed.value.kind() == Kind::Money {
                score = self.settled(leaf, figure, score);
            }
        }
        best.push(Candidate { spans: vec![span], value, score: score + self.habit(leaf, typed.span) });
    }

    fn has_iban(&self) -> bool {
        self.reading.values.iter().any(|typed| typed.value.kind() == Kind::Iban)
    }

    /// The score of a figure that is the base of the printed tax, or what both come to.
    fn settled(&self, leaf: &Leaf<'_>, figure: Decimal, score: f32) -> f32 {
        let Some((net, gross)) = self.ledger.settled() else { return score };
        match leaf.concept {
            Some(Concept::Subtotal) if figure == net => score.max(SETTLED),
            Some(Concept::Total) if figure == gross => score.max(SETTLED),
            Some(Concept::Total) if figure == net => score * NOT_TOTAL,
            _ => score,
        }
    }

    /// What a code is worth that stands under, beside or behind the word for a customer: a name has no digits alone.
    fn under_customer(&self, typed: &Typed, labels: &[Label]) -> f32 {
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
        let is_free = is_code && !self.is_of_items(typed.span);
        let nearest = labels.filter(|label| is_free && is_named(label)).map(|label| label.nearness);
        BARE_CUSTOMER * nearest.fold(0.0, f32::max)
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
        let of_kind = || self.reading.values.iter().filter(|typed| typed.value.kind() == wanted);
        // Codes of goods look like telephone numbers, but are hardly rivals of what is one by its form.
        let is_sure = |typed: &&Typed| typed.confidence >= SURE_KIND;
        let is_any_sure = of_kind().any(|typed| is_sure(&typed));
        let mut texts: Vec<String> = of_kind()
            .filter(|typed| !is_any_sure || is_sure(typed))
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
    fn party_factor(&self, leaf: &Leaf<'_>, typed: &Typed, score: f32, claimed: f32) -> f32 {
        let Some(party) = self.parties.of_line(typed.span.line) else { return 1.0 };
        let Some(role) = self.role(leaf) else {
            let is_theirs =
                party.role == PartyRole::Addressee && self.parties.of_role(PartyRole::Issuer).next().is_some();
            let is_contact = matches!(typed.value.kind(), Kind::Email | Kind::Phone);
            return if is_theirs && is_contact { NOT_ISSUER } else { 1.0 };
        };
        if party.role != role {
            return if leaf.want.is_telling() { OTHER_PARTY } else { 1.0 };
        }
        if leaf.want.is_telling() && score > 0.0 { (IN_BLOCK * (1.0 - claimed) / score).max(1.0) } else { 1.0 }
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
            let is_code = text.bytes().any(|byte| byte.is_ascii_digit())
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
}

/// Whether it is a day on which something is done to the paper, and no day of what it is about.
fn is_day_of_paper(concept: Concept) -> bool {
    use Concept as C;
    matches!(concept, C::Date | C::InvoiceDate | C::DueDate | C::LetterDate | C::OrderDate | C::QuoteDate)
}

/// Whether a text is one code, though it has spaces: "SC18 2WM", "11 470 892".
fn is_whole_code(leaf: &Leaf<'_>, text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_digits = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_post = leaf.concept == Some(Concept::PostalCode) && words.len() == 2 && address::is_town(text);
    is_post || (2..=4).contains(&words.len()) && words.iter().all(is_digits)
}
