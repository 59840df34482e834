//! Values of a kind: dates, sums, codes, boxes with crosses.

use super::super::arithmetic;
use super::super::candidate::{Best, Candidate};
use super::super::leaf::Leaf;
use super::super::reading::Typed;
use super::super::role::Role as PartyRole;
use super::super::want::Want;
use super::super::{address, beside, cumulated, normal, payable, range};
use super::Search;
use crate::lexicon::Concept;
use crate::schema;
use crate::value::{Decimal, Kind};
use crate::view::{Label, Relation, Span};

/// What a value of a telling kind is worth without a label, and one that stands in the block of the party asked for.
/// Set by hand with the tuning family in view, as the other weights here.
const ALONE: f32 = 0.72;
pub(super) const IN_BLOCK: f32 = 0.82;
/// What is left of a value in the block of another party than the one asked for.
pub(super) const OTHER_PARTY: f32 = 0.4;
/// How much more a figure is worth that others bear out, and how much less one that they do not.
const SUPPORT: f32 = 0.16;
/// How well a code without the letters of a country must be named to be the number of a tax.
pub(super) const PLAIN_TAX: f32 = 0.7;
/// How sure a value is of its kind that may be a rival of others.
const SURE_KIND: f32 = 0.5;
/// What is left of what says how to reach whom a paper is addressed to, for a field that does not say whose it asks for.
const NOT_ISSUER: f32 = 0.75;
/// What is left of a day of a range, for a field that asks for the day of the paper.
const OF_RANGE: f32 = 0.5;
/// What figures are worth that are the base of the printed tax, and what both come to; and what is left of the base as
/// the total.
const SETTLED: f32 = 0.86;
const NOT_TOTAL: f32 = 0.6;
/// What words are worth as a label that stand behind their value.
const BEHIND: f32 = 0.9;
/// Words between a tax and what it comes to.
const AMOUNTING: &[&str] = &[" von ", " in Höhe", " of ", " de ", " di ", " EUR", " CHF", " USD", " GBP"];
/// What a rate is worth that is that of all items.
const OF_COLUMN: f32 = 0.8;
/// What is left of the code of a town for a field that asks for another number.
const OF_TOWN: f32 = 0.3;

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
        if self.pass.has_geometry {
            self.sums.push(self.reading, leaf, best);
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
            Kind::Identifier if self.is_padded(leaf, typed.span) => {
                normal::of_text(leaf, self.reading.text(typed.span))
            }
            _ => normal::of_typed(leaf, &typed.value, wanted),
        };
        let Some(value) = value else { return };
        let mut named = self.named(typed.span, labels, leaf);
        if wanted == Kind::VatId && typed.value.kind() == Kind::Identifier && named.score < PLAIN_TAX {
            self.push_plain_tax(leaf, typed, best);
            return;
        }
        if wanted == Kind::Percent && typed.value.kind() == Kind::Percent {
            let told = self.named_behind(leaf, typed.span).max(self.of_whole_column(leaf, typed, labels));
            named.score = named.score.max(told);
        }
        let sure = fit * (0.6 + 0.4 * typed.confidence);
        let mut span = typed.span;
        if wanted == Kind::Currency && typed.value.kind() == Kind::Money {
            // Every amount may say the currency, whatever it is named.
            (named.claimed, span) = (0.0, self.sign(typed.span));
        }
        if wanted == Kind::Currency && typed.value.kind() == Kind::Currency && self.is_code_of_currency(typed.span) {
            // So does a code at the head of a column of amounts, or behind the word for what they are.
            named.claimed = 0.0;
        }
        let mut score = named.score * sure;
        if leaf.want.is_telling() {
            named.claimed = self.claim(named.claimed, typed.value.kind(), labels);
        }
        // Words in capitals have the form of the code of a bank: where nothing else speaks of one, they are none.
        let is_bank = |typed: &Typed| (typed.confidence >= SURE_KIND || self.has_iban()) && !self.is_word(typed.span);
        if self.pass.has_habits && (wanted != Kind::Bic || is_bank(typed)) {
            score = score.max(alone * sure * (1.0 - named.claimed));
        }
        score *= self.party_factor(leaf, typed, score, named.claimed);
        if wanted == Kind::Money {
            score *= beside::address_factor(self.reading, typed);
            score *= cumulated::factor(&self.reading.view, typed.span, labels, &leaf.words);
        }
        if wanted == Kind::Identifier && leaf.concept != Some(Concept::PostalCode) && self.is_of_town(typed.span) {
            score *= OF_TOWN;
        }
        if wanted == Kind::Date {
            score *= self.mail_factor(typed.span.line) * payable::factor(self, leaf, typed);
            if leaf.concept.is_some_and(is_day_of_paper) && range::is_of_one(self, typed.span) {
                score *= OF_RANGE;
            }
        }
        if leaf.concept == Some(Concept::CustomerNumber) {
            score = score.max(sure * self.under_customer(typed, labels));
        }
        if let (Some(role), Some(figure)) = (leaf.concept.and_then(arithmetic::Role::of), typed.value.number()) {
            let told = if beside::is_told_due(self.reading, leaf, labels) { 1.0 } else { 0.0 };
            score *= 1.0 + SUPPORT * (self.ledger.support(role, figure).max(told) - 0.5);
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

    /// Whether what reads like the code of a bank is a word of a line in capital letters.
    fn is_word(&self, span: Span) -> bool {
        let text = self.reading.text(span);
        let line = self.reading.text(self.reading.view.whole(span.line));
        let is_capital = |word: &str| word.chars().all(char::is_uppercase) && word.chars().count() > 2;
        let others = line.split_whitespace().filter(|word| *word != text && is_capital(word)).count();
        text.bytes().all(|byte| byte.is_ascii_alphabetic()) && others > 0 && !line.contains(':')
    }

    /// Whether a number is the code of a town.
    fn is_of_town(&self, span: Span) -> bool {
        let text = self.reading.text(span);
        let behind = self.reading.text(Span { start: span.start, ..self.reading.view.whole(span.line) });
        let is_code = (4..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_code && address::is_town(behind) && self.parties.of_line(span.line).is_some()
    }

    /// Whether the digits of a code begin with a nought, for a field that has room for it.
    fn is_padded(&self, leaf: &Leaf<'_>, span: Span) -> bool {
        let text = self.reading.text(span);
        let is_padded = text.starts_with('0') && text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_padded && matches!(leaf.field.kind, schema::Kind::Text { .. })
    }

    /// Whether a sign of percent follows: "VAT 20 %" tells no amount.
    fn is_rate(&self, span: Span) -> bool {
        let whole = self.reading.view.whole(span.line);
        let behind = self.reading.text(Span { start: span.end, ..whole }).trim_start();
        behind.starts_with('%') || self.reading.text(span).ends_with('%')
    }

    /// Whether a currency is written as its code: "EUR", not "pounds".
    fn is_code_of_currency(&self, span: Span) -> bool {
        let text = self.reading.text(span);
        text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
    }

    /// What a rate is worth that a whole column of rates repeats: of every item it is that of the document.
    fn of_whole_column(&self, leaf: &Leaf<'_>, typed: &Typed, labels: &[Label]) -> f32 {
        if leaf.concept != Some(Concept::TaxRate) {
            return 0.0;
        }
        let header = |labels: &[Label]| {
            let header = labels.iter().find(|label| label.relation == Relation::ColumnHeader)?;
            Some(leaf.named_by(&format!("{} %", self.reading.text(header.span)), self.embedder))
        };
        let own = header(labels).unwrap_or(0.0);
        let is_rival = |(other, labels): (&Typed, &Vec<Label>)| {
            other.value.kind() == Kind::Percent
                && other.value.number() != typed.value.number()
                && header(labels).is_some_and(|score| score >= PLAIN_TAX)
        };
        let is_only = own >= PLAIN_TAX && !self.reading.values.iter().zip(self.labels).any(is_rival);
        if is_only { OF_COLUMN * own } else { 0.0 }
    }

    /// How well the words behind a rate name it: "21 % IVA", "19 % Umsatzsteuer von 75,05 €".
    fn named_behind(&self, leaf: &Leaf<'_>, span: Span) -> f32 {
        let whole = self.reading.view.whole(span.line);
        let text = self.reading.text(Span { start: span.end, ..whole });
        let text = text.find("..").and_then(|end| text.get(..end)).unwrap_or(text);
        let text = text.find(|sign: char| sign.is_ascii_digit()).and_then(|end| text.get(..end)).unwrap_or(text);
        let text = AMOUNTING.iter().fold(text, |text, word| text.split(word).next().unwrap_or(text));
        let text = text.trim().trim_end_matches([':', ',', '(', '€', '$', '£', '=']).trim_end();
        let is_named = text.chars().count() <= 30 && text.chars().next().is_some_and(char::is_alphabetic);
        if is_named { BEHIND * leaf.named_by(&format!("{text} %"), self.embedder) } else { 0.0 }
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
}

/// Whether it is a day on which something is done to the paper, and no day of what it is about.
fn is_day_of_paper(concept: Concept) -> bool {
    use Concept as C;
    matches!(concept, C::Date | C::InvoiceDate | C::DueDate | C::LetterDate | C::OrderDate | C::QuoteDate)
}
