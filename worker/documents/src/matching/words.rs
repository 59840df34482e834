//! The words of a label or of a field's name, brought to one form so that they can be compared.

use crate::lexicon::push_folded;

/// The most words of one text that are looked at: what is longer is no label, and a description says what it is about at
/// its beginning.
const MAX_WORDS: usize = 48;
/// The longest word, in bytes: the longest compounds of the four languages stay under it.
const MAX_WORD: usize = 48;

/// One word: its form to compare, and how much it tells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// 1 for a word that tells which thing is meant, less for one that many labels have.
    pub(crate) weight: f32,
}

/// What a word weighs that stands in many labels: `number` alone says little of an invoice number. Chosen so that such a
/// word alone is under half of a label of two words.
const COMMON_WEIGHT: f32 = 0.4;
/// Common words, in their folded form without plural.
const COMMON: &[&str] = &[
    "number",
    "date",
    "name",
    "amount",
    "id",
    "code",
    "type",
    "value",
    "address",
    "status",
    "info",
    "information",
    "detail",
    "field",
    "text",
    "data",
    "nummer",
    "datum",
    "nom",
    "nombre",
    "montant",
    "betrag",
    "importe",
    "fecha",
    "document",
    "line",
    "entry",
];
/// Words that tell nothing, in English, French, German and Spanish.
const EMPTY: &[&str] = &[
    "of", "the", "a", "an", "and", "for", "in", "is", "are", "on", "this", "that", "its", "s", "d", "l", "de", "la",
    "le", "les", "du", "des", "et", "en", "del", "el", "los", "las", "y", "para", "der", "die", "das", "den", "dem",
    "und", "fur", "im", "am", "our", "your", "ihr", "ihre", "votre", "vos", "su",
];
/// Short forms and what they are short for. Both sides of a comparison go through it, so that the long form need not be a
/// word of the label's language.
const SHORT: &[(&str, &str)] = &[
    ("acc", "account"),
    ("acct", "account"),
    ("addr", "address"),
    ("amt", "amount"),
    ("art", "article"),
    ("cant", "cantidad"),
    ("cust", "customer"),
    ("dept", "department"),
    ("desc", "description"),
    ("descr", "description"),
    ("dt", "date"),
    ("fact", "facture"),
    ("fax", "fax"),
    ("identifier", "id"),
    ("inv", "invoice"),
    ("mail", "email"),
    ("n°", "number"),
    ("nbr", "number"),
    ("no", "number"),
    ("nº", "number"),
    ("nr", "number"),
    ("nro", "number"),
    ("num", "number"),
    ("numero", "number"),
    ("nummer", "number"),
    ("pct", "percent"),
    ("phone", "telephone"),
    ("qte", "quantite"),
    ("qty", "quantity"),
    ("rech", "rechnung"),
    ("ref", "reference"),
    ("tel", "telephone"),
];
/// Ends of German compounds that are words of their own, the longest first.
const COMPOUND_ENDS: &[&str] = &[
    "bezeichnung",
    "anschrift",
    "adresse",
    "nummer",
    "betrag",
    "summe",
    "datum",
    "preis",
    "menge",
    "name",
    "satz",
    "konto",
    "art",
    "nr",
];
/// What is left of a compound before its end has at least this many letters: `art` ends `start`.
const MIN_COMPOUND_START: usize = 4;

/// The words of a label as it stands on a page, or of a sentence.
pub(crate) fn of_text(text: &str) -> Vec<Word> {
    finished(pieces(text, false))
}

/// The words of an identifier: `invoiceNumber`, `invoice_number`, `invoice-number`, `IBANCode`, `line2`.
pub(crate) fn of_name(name: &str) -> Vec<Word> {
    finished(pieces(name, true))
}

/// The words of an identifier as they are written, parted by spaces.
pub(crate) fn spoken(name: &str) -> String {
    let mut pieces = pieces(name, true);
    pieces.truncate(MAX_WORDS);
    pieces.join(" ")
}

/// Runs of letters, and of digits, in their folded form.
fn pieces(text: &str, is_name: bool) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    let mut last: Option<char> = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if pieces.len() > MAX_WORDS {
            break;
        }
        let sign = match character {
            '#' | '№' => Some("number"),
            '%' => Some("percent"),
            _ => None,
        };
        if let Some(word) = sign {
            pieces.push(word.to_owned());
            open = false;
        } else if character.is_alphanumeric() || matches!(character, '°') {
            let next_is_small = characters.peek().is_some_and(|next| next.is_lowercase());
            let turns = last.is_some_and(|last| {
                last.is_ascii_digit() != character.is_ascii_digit()
                    || (is_name
                        && character.is_uppercase()
                        && (last.is_lowercase() || (last.is_uppercase() && next_is_small)))
            });
            if !open || turns {
                pieces.push(String::new());
            }
            open = true;
            if let Some(piece) = pieces.last_mut().filter(|piece| piece.len() < MAX_WORD) {
                push_folded(character, piece);
            }
            last = Some(character);
            continue;
        } else if !is_combining(character) {
            open = false;
        }
        last = None;
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Long forms, no plurals, compounds in two, words that tell nothing left out unless all of them do.
fn finished(pieces: Vec<String>) -> Vec<Word> {
    let mut words: Vec<String> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if piece == "po" {
            words.extend(["purchase".to_owned(), "order".to_owned()]);
            continue;
        }
        match parted(&piece) {
            Some((start, end)) => words.extend([start.to_owned(), long(end)]),
            None => words.push(long(&piece)),
        }
    }
    words.truncate(MAX_WORDS);
    let is_empty = |word: &String| EMPTY.contains(&word.as_str());
    if !words.iter().all(is_empty) {
        words.retain(|word| !is_empty(word));
    }
    words
        .into_iter()
        .map(|text| {
            let is_common = COMMON.contains(&text.as_str()) || text.bytes().all(|byte| byte.is_ascii_digit());
            Word { weight: if is_common { COMMON_WEIGHT } else { 1.0 }, text }
        })
        .collect()
}

fn long(piece: &str) -> String {
    let known = |piece: &str| SHORT.iter().find(|(short, _)| *short == piece).map(|(_, long)| (*long).to_owned());
    known(piece).unwrap_or_else(|| {
        let singular = singular(piece);
        known(&singular).unwrap_or(singular)
    })
}

/// The word without the ending of its plural, roughly: both sides of a comparison lose the same.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    let kept = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !kept => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// The two words of a German compound: `rechnungsnummer` is `rechnung` and `nummer`.
fn parted(word: &str) -> Option<(&str, &str)> {
    COMPOUND_ENDS.iter().find_map(|end| {
        let start = word.strip_suffix(end)?;
        // The s that joins the two.
        let start = start.strip_suffix('s').unwrap_or(start);
        (start.len() >= MIN_COMPOUND_START).then_some((start, *end))
    })
}

fn is_combining(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}
