//! Values of a kind: dates, sums, codes, boxes with crosses.

use serde_json::Value;

use super::super::arithmetic;
use super::super::candidate::{Best, Candidate};
use super::super::leaf::Leaf;
use super::super::reading::Typed;
use super::super::want::Want;
use super::super::{address, cumulated, normal, party, payable, range, tick};
use super::Search;
use crate::lexicon::Concept;
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
/// What a label is worth that stands between another one and its value.
const AGAIN: f32 = 0.95;
/// What is left of the code of a town for a field that asks for another number.
const OF_TOWN: f32 = 0.3;
/// Digits of a code behind words.
const CODE_DIGITS: usize = 3;
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
        let Some(value) = normal::of_typed(leaf, &typed.value, wanted) else { return };
        let mut named = self.named(typed.span, labels, leaf);
        if wanted == Kind::VatId && typed.value.kind() == Kind::Identifier && named.score < PLAIN_TAX {
            self.push_plain_tax(leaf, typed, best);
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
            named.claimed = self.claim(named.claimed, typed.value.kind(), labels);
        }
        if self.pass.has_habits && !(wanted == Kind::Bic && self.is_word(typed.span)) {
            score = score.max(alone * sure * (1.0 - named.claimed));
        }
        score *= self.party_factor(leaf, typed, score);
        if wanted == Kind::Money {
            score *= cumulated::factor(&self.reading.view, typed.span, labels, &leaf.words);
        }
        if wanted == Kind::Identifier && leaf.concept != Some(Concept::PostalCode) && self.is_of_town(typed.span) {
            score *= OF_TOWN;
        }
        if wanted == Kind::Date {
            score *= self.mail_factor(typed.span.line) * payable::factor(self, leaf, typed);
        }
        if let (Some(role), Some(figure)) = (leaf.concept.and_then(arithmetic::Role::of), typed.value.number()) {
            score *= 1.0 + SUPPORT * (self.ledger.support(role, figure) - 0.5);
        }
        best.push(Candidate { spans: vec![span], value, score: score + self.habit(leaf, typed.span) });
    }

    /// The number that a tax office knows the party asked for by: alone on a line of its block, in the form that it has
    /// in Spain, a letter before or behind eight digits.
    fn push_plain_tax(&self, leaf: &Leaf<'_>, typed: &Typed, best: &mut Best) {
        let text = self.reading.text(typed.span);
        let is_alone = self.reading.text(self.reading.view.whole(typed.span.line)).trim() == text;
        let letters = text.bytes().filter(u8::is_ascii_uppercase).count();
        let at_end = text.starts_with(|sign: char| sign.is_ascii_uppercase())
            || text.ends_with(|sign: char| sign.is_ascii_uppercase());
        let is_number =
            text.len() == 9 && letters == 1 && at_end && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let party = self.parties.of_line(typed.span.line).map(|party| party.role);
        if is_alone
            && is_number
            && party.is_some()
            && party == self.role(leaf)
            && let Some(value) = normal::of_text(leaf, text)
        {
            best.push(Candidate { spans: vec![typed.span], value, score: IN_BLOCK });
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

    /// Whether a sign of percent follows: "VAT 20 %" tells no amount.
    fn is_rate(&self, span: Span) -> bool {
        let whole = self.reading.view.whole(span.line);
        let behind = self.reading.text(Span { start: span.end, ..whole }).trim_start();
        behind.starts_with('%') || self.reading.text(span).ends_with('%')
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
            let is_whole = is_whole_code(leaf, text);
            let span = after_words(phrase.span, text).unwrap_or(phrase.span);
            let text = self.reading.text(span);
            let words = text.split_whitespace().count();
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
            let mut named = self.named(phrase.span, &phrase.labels, leaf).score;
            let before = self.reading.text(Span { end: span.start, ..phrase.span }).trim();
            if party::is_known_label(before) {
                // "Quote: quote number AB-12" says it again.
                named = named.max(AGAIN * leaf.named_by(before, self.embedder));
            }
            if named < PLAIN_TAX && leaf.want.fit(Kind::VatId) > 0.0 {
                continue;
            }
            let party = self.parties.of_line(phrase.span.line).map(|party| party.role);
            let is_others = leaf.want.fit(Kind::VatId) > 0.0
                && party.is_some()
                && self.role(leaf).is_some_and(|role| party != Some(role));
            let score = named * if is_whole { WHOLE_CODE } else { 0.85 } * if is_others { OTHER_PARTY } else { 1.0 };
            if let Some(value) = normal::of_text(leaf, text) {
                best.push(Candidate { spans: vec![span], value, score });
            }
        }
    }

    /// Whether a day stands in no table, unless it is alone on its row or the only one there.
    fn is_apart(&self, span: Span) -> bool {
        let view = &self.reading.view;
        let row = view.lines.get(span.line).and_then(|line| line.cell).map(|cell| cell.row);
        let alone = view.grid_of(span.line).zip(row).is_some_and(|(grid, row)| grid.row(row).count() == 1);
        let is_day = |typed: &&Typed| matches!(typed.value.kind(), Kind::Date | Kind::DateTime);
        let cell = |line: usize| view.lines.get(line).and_then(|line| line.cell).map(|cell| cell.grid);
        let days = self.reading.values.iter().filter(is_day).filter(|typed| cell(typed.span.line) == cell(span.line));
        alone || row.is_none() || days.count() == 1
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
                && self.reading.view.lines.get(typed.span.line).is_some_and(|line| line.page == 1)
                && self.is_apart(typed.span)
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
    let is_post = leaf.concept == Some(Concept::PostalCode) && words.len() == 2 && address::is_town(text);
    is_post || (2..=4).contains(&words.len()) && words.iter().all(is_digits)
}

/// The code at the end of a text, behind words that go on with its label: "Invoice | number / Ref. AB-12".
fn after_words(span: Span, text: &str) -> Option<Span> {
    let code = text.split_whitespace().next_back()?;
    let before = text.get(..text.len() - code.len())?.trim_end();
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    let is_words = !before.is_empty()
        && before.chars().all(|sign| sign.is_alphabetic() || sign.is_whitespace() || ".-/:#°º".contains(sign));
    (is_words && digits >= CODE_DIGITS).then(|| Span { start: span.end - code.len(), ..span })
}

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
