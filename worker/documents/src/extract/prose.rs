//! Prose: what a sentence says without a label, as contracts do: "It takes effect on 1 March 2024."

use std::ops::Range;

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::paragraph::Paragraph;
use super::search::Search;
use super::want::Want;
use crate::lexicon::{Concept, fold};
use crate::value::{self, Kind};

/// What a value is worth of which a sentence says what it is. Set by hand with the tuning family in view.
const SAID: f32 = 0.84;
/// Words between what is said and the value that it is said of.
const NEAR: usize = 7;
/// Words after a value that still speak of it: "am 1. März in Kraft".
const AFTER: usize = 4;
/// Words of a duration: "three (3) calendar months".
const DURATION_WORDS: usize = 4;
/// Words of the name of a law.
const LAW_WORDS: usize = 9;

/// Folded words that a beginning is told by, in English, French, German and Spanish.
const BEGINS: &[&str] = &[
    "takes effect",
    "take effect",
    "taking effect",
    "commences",
    "commence",
    "commencing",
    "comes into force",
    "come into force",
    "enters into force",
    "enter into force",
    "in force from",
    "effective",
    "begins",
    "begin",
    "starts",
    "with effect from",
    "valid from",
    "effective as of",
    "as of",
    "from",
    "prend effet",
    "prendra effet",
    "entre en vigueur",
    "entrera en vigueur",
    "en vigueur depuis",
    "commence le",
    "debute",
    "debutera",
    "a compter du",
    "a partir du",
    "court du",
    "beginnt",
    "startet",
    "wirksam",
    "gilt ab",
    "gilt vom",
    "gilt seit",
    "lauft vom",
    "lauft ab dem",
    "ab dem",
    "ab",
    "mit wirkung vom",
    "mit wirkung zum",
    "entra en vigor",
    "entrara en vigor",
    "en vigor desde",
    "surte efecto",
    "surtira efecto",
    "surte efectos",
    "surtira efectos",
    "comienza",
    "comenzara",
    "empieza",
    "inicia",
    "se inicia",
    "a partir del",
    "desde el",
    "desde",
];
/// The same of an end.
const ENDS: &[&str] = &[
    "ends",
    "end on",
    "expires",
    "expire",
    "expire le",
    "terminates",
    "terminate on",
    "until",
    "till",
    "up to",
    "valid until",
    "runs to",
    "prend fin",
    "prendra fin",
    "expirera",
    "se termine",
    "s acheve",
    "jusqu au",
    "arrive a echeance",
    "endet",
    "lauft aus",
    "bis zum",
    "bis",
    "gilt bis",
    "befristet bis",
    "termina",
    "terminara",
    "vence",
    "vencera",
    "expira",
    "expirara",
    "finaliza",
    "finalizara",
    "concluye",
    "concluira",
    "hasta el",
    "hasta",
];
/// What goes on to the end of a span of time, right between its two days.
const TO: &[&str] =
    &["to", "through", "and", "until", "au", "a", "al", "bis", "bis zum", "hasta", "hasta el", "et le", ""];
/// What follows a day that something begins or ends on.
const BEGINS_AFTER: &[&str] = &["in kraft", "wirksam"];
const ENDS_AFTER: &[&str] = &["ausser kraft", "aus"];
/// What follows an amount that is paid every month.
const MONTHLY: &[&str] = &[
    "per month",
    "a month",
    "each month",
    "every month",
    "monthly",
    "par mois",
    "mensuel",
    "mensuels",
    "chaque mois",
    "pro monat",
    "im monat",
    "monatlich",
    "je monat",
    "al mes",
    "por mes",
    "mensual",
    "mensuales",
    "cada mes",
];
/// Parts of words that speak of giving notice.
const NOTICE: &[&str] =
    &["notice", "terminat", "preavis", "resili", "denonc", "kundig", "kundbar", "preaviso", "antelacion", "rescin"];
/// Beginnings of units of time.
const UNITS: &[&str] = &[
    "month", "week", "day", "year", "mois", "semaine", "jour", "monat", "woche", "tag", "jahr", "mes", "semana", "dia",
];
/// Numbers in words.
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "thirty", "sixty",
    "ninety", "un", "une", "deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix", "douze", "trente", "ein",
    "eine", "einem", "einen", "einer", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn",
    "zwolf", "dreissig", "uno", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
    "doce", "treinta", "sesenta",
];
/// What the name of a law follows.
const GOVERNED: &[&str] = &[
    "governed by",
    "subject to",
    "construed in accordance with",
    "regi par",
    "soumis au",
    "soumis a",
    "soumise au",
    "unterliegt",
    "unterliegen",
    "es gilt",
    "se rige por",
    "se regira por",
    "regido por",
    "sometido al",
    "sometido a",
];
const LAW: &[&str] = &["law", "laws", "droit", "loi", "lois", "recht", "ley", "leyes", "derecho", "legislacion"];
/// What stands before the law itself.
const OF_LAW: &[&str] = &["the", "laws", "law", "of", "le", "la", "el", "las", "les", "das", "dem", "l"];

/// A word of a text, folded.
struct Word {
    text: String,
    at: Range<usize>,
}

/// The values that sentences tell.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    use Concept as C;
    let Some(concept) = leaf.concept else { return };
    for paragraph in search.paragraphs {
        for (from, to) in paragraph.sentences() {
            let sentence = Sentence { paragraph, from, words: words(paragraph.text.get(from..to).unwrap_or_default()) };
            match concept {
                C::EffectiveDate | C::StartDate | C::ValidFrom => sentence.push_days(search, leaf, true, best),
                C::EndDate | C::ValidUntil => sentence.push_days(search, leaf, false, best),
                C::MonthlyFee | C::Rent => sentence.push_monthly(search, leaf, best),
                C::NoticePeriod => sentence.push_duration(leaf, best),
                C::Jurisdiction => sentence.push_law(leaf, best),
                _ => return,
            }
        }
    }
}

struct Sentence<'p> {
    paragraph: &'p Paragraph,
    from: usize,
    words: Vec<Word>,
}

impl Sentence<'_> {
    /// Days of which the nearest thing said is that something begins, or ends, on them.
    fn push_days(&self, search: &Search<'_>, leaf: &Leaf<'_>, is_start: bool, best: &mut Best) {
        let days = self.values(search, &[Kind::Date, Kind::DateTime]);
        let mut previous: Option<(usize, bool)> = None;
        for day in days {
            let since = previous.map_or(0, |(end, _)| end);
            let before = self.range(since, day.start);
            let goes_on = previous.is_some_and(|(_, starts)| starts) && TO.contains(&before.join(" ").as_str());
            let begins = said(&before, BEGINS).or(self.follows(day.end, BEGINS_AFTER));
            let ends = said(&before, ENDS).or(self.follows(day.end, ENDS_AFTER));
            let starts = match (begins, ends) {
                _ if goes_on => Some(false),
                (Some(begins), Some(ends)) => Some(begins <= ends),
                (None, None) => None,
                (begins, _) => Some(begins.is_some()),
            };
            previous = Some((day.end, starts == Some(true)));
            if starts == Some(is_start)
                && let Some(value) = normal::of_typed(leaf, &day.value, Kind::Date)
            {
                self.put(day.start..day.end, value, SAID * (0.6 + 0.4 * day.confidence), best);
            }
        }
    }

    fn push_monthly(&self, search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
        for amount in self.values(search, &[Kind::Money]) {
            if self.follows(amount.end, MONTHLY).is_some()
                && let Some(value) = normal::of_typed(leaf, &amount.value, Kind::Money)
            {
                self.put(amount.start..amount.end, value, SAID * (0.6 + 0.4 * amount.confidence), best);
            }
        }
    }

    /// A duration in a sentence that speaks of giving notice.
    fn push_duration(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let is_notice = self.words.iter().any(|word| NOTICE.iter().any(|part| word.text.contains(part)));
        if !is_notice || leaf.want != Want::Text {
            return;
        }
        for (at, word) in self.words.iter().enumerate() {
            let is_number =
                word.text.bytes().all(|byte| byte.is_ascii_digit()) || NUMBERS.contains(&word.text.as_str());
            let is_unit = |word: &&Word| UNITS.iter().any(|unit| word.text.starts_with(unit));
            let unit = self.words.iter().skip(at + 1).take(DURATION_WORDS - 1).find(is_unit);
            if let Some(unit) = unit.filter(|_| is_number) {
                self.put_text(leaf, word.at.start..unit.at.end, best);
                return;
            }
        }
    }

    fn push_law(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let texts: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        if leaf.want != Want::Text || !texts.iter().any(|text| is_law(text)) {
            return;
        }
        let Some(end) = GOVERNED.iter().find_map(|said| position(&texts, said)) else { return };
        let named: Vec<&Word> =
            self.words.iter().skip(end).skip_while(|word| OF_LAW.contains(&word.text.as_str())).collect();
        let (Some(first), text) = (named.first(), &self.paragraph.text) else { return };
        let stop = named.windows(2).take(LAW_WORDS).position(|pair| match pair {
            [one, next] => text
                .get(self.from + one.at.end..self.from + next.at.start)
                .is_some_and(|gap| gap.contains([',', ';', '(', '.', ':'])),
            _ => false,
        });
        let last = stop.map_or(named.len() - 1, |stop| stop).min(LAW_WORDS);
        if let Some(last) = named.get(last) {
            self.put_text(leaf, first.at.start..last.at.end, best);
        }
    }

    fn values(&self, search: &Search<'_>, kinds: &[Kind]) -> Vec<value::Found> {
        let end = self.words.last().map_or(0, |word| word.at.end);
        let text = self.paragraph.text.get(self.from..self.from + end).unwrap_or_default();
        let mut found = value::find(text, &search.reading.locale);
        found.retain(|one| kinds.contains(&one.value.kind()));
        found.sort_by_key(|one| (one.start, usize::MAX - one.end));
        let mut end = 0;
        found.retain(|one| {
            one.start >= end && {
                end = one.end;
                true
            }
        });
        found
    }

    /// The words between two places.
    fn range(&self, from: usize, to: usize) -> Vec<&str> {
        let within = |word: &&Word| word.at.start >= from && word.at.end <= to;
        self.words.iter().filter(within).map(|word| word.text.as_str()).collect()
    }

    /// How many words after a place one of the phrases stands.
    fn follows(&self, place: usize, phrases: &[&str]) -> Option<usize> {
        let after: Vec<&str> = self
            .words
            .iter()
            .filter(|word| word.at.start >= place)
            .take(AFTER)
            .map(|word| word.text.as_str())
            .collect();
        phrases
            .iter()
            .filter_map(|phrase| Some(position(&after, phrase)?.saturating_sub(phrase.split(' ').count())))
            .min()
    }

    fn put_text(&self, leaf: &Leaf<'_>, at: Range<usize>, best: &mut Best) {
        let text = self.paragraph.text.get(self.from + at.start..self.from + at.end).unwrap_or_default();
        if let Some(value) = normal::of_text(leaf, text) {
            self.put(at, value, SAID, best);
        }
    }

    fn put(&self, at: Range<usize>, value: serde_json::Value, score: f32, best: &mut Best) {
        let spans = self.paragraph.spans(self.from + at.start, self.from + at.end);
        best.push(Candidate { spans, value, score });
    }
}

fn is_law(text: &str) -> bool {
    LAW.contains(&text) || text.ends_with("recht") || text.ends_with("rechts")
}

/// How many words before the end the nearest of the phrases stands.
fn said(words: &[&str], phrases: &[&str]) -> Option<usize> {
    let near = words.get(words.len().saturating_sub(NEAR)..).unwrap_or_default();
    let ends = phrases.iter().filter_map(|phrase| last_position(near, phrase));
    ends.map(|end| near.len() - end).min()
}

/// Where the phrase ends among the words, the first time.
fn position(words: &[&str], phrase: &str) -> Option<usize> {
    let count = phrase.split(' ').count();
    words.windows(count).position(|window| phrase.split(' ').eq(window.iter().copied())).map(|at| at + count)
}

/// The same, the last time.
fn last_position(words: &[&str], phrase: &str) -> Option<usize> {
    let count = phrase.split(' ').count();
    words.windows(count).rposition(|window| phrase.split(' ').eq(window.iter().copied())).map(|at| at + count)
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        match (sign.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word { text: fold(text.get(from..at).unwrap_or_default()), at: from..at });
                start = None;
            }
            _ => {}
        }
    }
    words
}
