//! Words that the lexicon does not have as they are written: inflected, cut short, put together.

use std::collections::{HashMap, HashSet};

use super::concept;
use super::fold::tokens;
use crate::language::Language;

/// The shortest word that is read without its ending, and what must be left of it.
const LEAST_INFLECTED: usize = 5;
const LEAST_STEM: usize = 4;
/// The shortest compound, the shortest end of one whose beginning is known, and whose beginning is not.
const LEAST_COMPOUND: usize = 8;
const LEAST_END: usize = 4;
const LEAST_END_ALONE: usize = 5;
const LEAST_BEGINNING: usize = 3;
/// What German puts between the words of a compound.
const JOINTS: &[&str] = &["", "s", "es", "n", "en", "er", "e"];

/// Ends of the names of streets.
const STREETS: &[&str] = &["strasse", "gasse", "weg", "platz", "allee", "str"];

/// Words that are cut short, and what of.
const SHORT: &[(&str, &str)] = &[
    ("acc", "account"),
    ("acct", "account"),
    ("addr", "address"),
    ("adr", "adresse"),
    ("alb", "albaran"),
    ("amt", "amount"),
    ("anschr", "anschrift"),
    ("anz", "anzahl"),
    ("auftr", "auftrag"),
    ("bal", "balance"),
    ("best", "bestellung"),
    ("betr", "betrag"),
    ("bez", "bezeichnung"),
    ("cant", "cantidad"),
    ("cde", "commande"),
    ("cmde", "commande"),
    ("cod", "codigo"),
    ("cta", "cuenta"),
    ("cust", "customer"),
    ("dat", "datum"),
    ("deliv", "delivery"),
    ("dept", "department"),
    ("dir", "direccion"),
    ("dom", "domicilio"),
    ("dto", "descuento"),
    ("emp", "employee"),
    ("exp", "expiry"),
    ("fact", "facture"),
    ("fec", "fecha"),
    ("fra", "factura"),
    ("geb", "geburt"),
    ("ges", "gesamt"),
    ("gew", "gewicht"),
    ("imp", "importe"),
    ("inv", "invoice"),
    ("kd", "kunde"),
    ("kto", "konto"),
    ("lief", "lieferung"),
    ("liv", "livraison"),
    ("mnt", "montant"),
    ("mt", "montant"),
    ("mtt", "montant"),
    ("nac", "nacimiento"),
    ("ord", "order"),
    ("ped", "pedido"),
    ("pmt", "payment"),
    ("prov", "proveedor"),
    ("pymt", "payment"),
    ("rech", "rechnung"),
    ("rg", "rechnung"),
    ("stmt", "statement"),
    ("telef", "telefono"),
    ("trab", "trabajador"),
    ("venc", "vencimiento"),
    ("vertr", "vertrag"),
    ("vto", "vencimiento"),
    ("wt", "weight"),
    ("zahl", "zahlung"),
];

/// What a word is short for.
pub(super) fn long(word: &str) -> Option<&'static str> {
    SHORT.iter().find(|(short, _)| *short == word).map(|(_, long)| *long)
}

/// How words may be read that are not known.
#[derive(Default)]
pub(super) struct Readings {
    /// Words by what is left of them without their endings.
    by_stem: HashMap<String, String>,
    /// Words of German, of which compounds are made.
    german: HashSet<String>,
}

impl Readings {
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w String>) -> Self {
        let mut by_stem: HashMap<String, String> = HashMap::new();
        for word in words {
            let Some(stem) = uninflected(word) else { continue };
            // Of several the first, so that it is always the same.
            let known = by_stem.entry(stem.to_owned()).or_insert_with(|| word.clone());
            if word < known {
                known.clone_from(word);
            }
        }
        let phrases = concept::rows().flat_map(|row| row.phrases(Language::De));
        let words = phrases.flat_map(tokens).map(|token| token.text);
        let german =
            words.filter(|word| word.len() >= LEAST_BEGINNING && word.bytes().all(|byte| byte.is_ascii_lowercase()));
        Self { by_stem, german: german.collect() }
    }

    /// The word that this one is a form of: "enthaltene" of "enthalten", "emitida" of "emitido".
    pub(super) fn inflected(&self, word: &str) -> Option<&str> {
        self.by_stem.get(uninflected(word)?).map(String::as_str)
    }

    /// The words that a German compound is made of: "Nettoauszahlung" is a "Auszahlung".
    pub(super) fn parts(&self, word: &str) -> Option<Vec<String>> {
        if word.len() < LEAST_COMPOUND || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let cuts = || (LEAST_BEGINNING..=word.len() - LEAST_END).filter_map(|at| word.split_at_checked(at));
        let both = cuts().find_map(|(first, last)| Some((self.beginning(first)?, self.german_word(last)?)));
        let (first, last) = both.or_else(|| {
            let mut ends = cuts().filter(|(_, last)| last.len() >= LEAST_END_ALONE);
            ends.find_map(|(first, last)| Some((first, self.german_word(last)?)))
        })?;
        Some(vec![first.to_owned(), last.to_owned()])
    }

    /// The word of German that it is, but for its ending. Names of streets are no labels: "Goethestraße".
    fn german_word<'r>(&'r self, word: &'r str) -> Option<&'r str> {
        let stem = || self.by_stem.get(uninflected(word)?).map(String::as_str);
        let own = self.german.get(word).map(String::as_str).or_else(stem);
        own.filter(|word| self.german.contains(*word) && !STREETS.contains(word))
    }

    /// The word that a compound begins with, without what joins it to the next.
    fn beginning<'r>(&'r self, first: &'r str) -> Option<&'r str> {
        JOINTS.iter().find_map(|joint| self.german.get(first.strip_suffix(joint)?)).map(String::as_str)
    }
}

/// What is left of a word without the endings of number, gender and case; nothing if it has none.
fn uninflected(word: &str) -> Option<&str> {
    if word.len() < LEAST_INFLECTED || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let plain = word.strip_suffix('s').unwrap_or(word);
    let ends = ["en", "em", "es"].iter().find_map(|end| plain.strip_suffix(end));
    let stem = ends.unwrap_or(plain).trim_end_matches(['e', 'a', 'o']);
    (stem.len() >= LEAST_STEM).then_some(stem)
}
