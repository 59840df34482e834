//! The day up to which is to be paid, where a sentence says it: "Please transfer the amount by 3 May 2024".

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::search::Search;
use crate::lexicon::{Concept, fold};
use crate::value::{self, Kind};

/// What such a day is worth.
const SAID: f32 = 0.86;
/// Words before the day that have the one for its being the last.
const NEAR: usize = 3;
/// Words before and after it that tell what is done on it; those of the day are among them.
const BEFORE: usize = 14;
const AFTER: usize = 10;

/// Beginnings of words for paying and for what is taken from an account.
const PAYS: &[&str] = &[
    "pay",
    "remit",
    "transfer",
    "settle",
    "debit",
    "collect",
    "charge",
    "due",
    "zahl",
    "überweis",
    "begleich",
    "abgebucht",
    "abbuch",
    "buchen",
    "eingezogen",
    "einzieh",
    "eingezogen",
    "fällig",
    "lastschrift",
    "bezahl",
    "paiement",
    "payer",
    "payable",
    "régle",
    "règle",
    "prélev",
    "prélèv",
    "virement",
    "exigible",
    "pagar",
    "pago",
    "pagadero",
    "abonar",
    "cargo",
    "cargar",
    "vencimiento",
    "vence",
    "domicilia",
    "adeud",
    "transferencia",
];
/// Words right before a day up to which something is to be done, or on which it is.
const BY: &[&str] = &[
    "by", "before", "until", "on", "from", "bis", "zum", "am", "ab", "vor", "le", "au", "avant", "du", "jusqu'au",
    "el", "antes", "hasta", "día", "del", "around", "about",
];
/// Words of sentences about what is paid already, what is taken off for paying sooner, and what comes back each month.
const OTHERWISE: &[&str] = &[
    "bezahlt",
    "beglichen",
    "dankend",
    "payé",
    "payée",
    "réglé",
    "réglée",
    "acquitté",
    "acquittée",
    "paid",
    "received",
    "pagado",
    "pagada",
    "cobrado",
    "erhalten",
    "skonto",
    "escompte",
    "discount",
    "descuento",
    "rebate",
    "abschlag",
    "monatlicher",
    "prochaine",
    "próxima",
    "nächste",
    "next",
    "issued",
    "acompte",
];

/// The days that sentences about paying name.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    if leaf.concept != Some(Concept::DueDate) {
        return;
    }
    for paragraph in search.paragraphs {
        for (from, to) in paragraph.sentences() {
            let text = paragraph.text.get(from..to).unwrap_or_default();
            for day in value::find(text, &search.reading.locale) {
                if !matches!(day.value.kind(), Kind::Date) || !is_payable(text, day.start) {
                    continue;
                }
                if let Some(value) = normal::of_typed(leaf, &day.value, Kind::Date) {
                    let spans = paragraph.spans(from + day.start, from + day.end);
                    best.push(Candidate { spans, value, score: SAID * (0.6 + 0.4 * day.confidence) });
                }
            }
        }
    }
}

/// Whether a sentence says that the day at this place is one of paying.
fn is_payable(text: &str, day: usize) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|sign: char| !sign.is_alphanumeric() && sign != '\'')
            .filter(|word| !word.is_empty())
            .map(fold)
            .collect()
    };
    let (before, after) = (words(text.get(..day).unwrap_or_default()), words(text.get(day..).unwrap_or_default()));
    let last = |count: usize| before.get(before.len().saturating_sub(count)..).unwrap_or_default();
    let near = last(NEAR);
    let around = || last(BEFORE).iter().chain(after.iter().take(AFTER));
    let begins = |word: &String| PAYS.iter().any(|part| word.starts_with(&fold(part)));
    let is_one = |list: &[&str], word: &String| list.iter().any(|one| *word == fold(one));
    near.iter().any(|word| is_one(BY, word)) && around().any(begins) && !around().any(|word| is_one(OTHERWISE, word))
}
