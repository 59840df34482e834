//! The words of business documents: what a label on a page means, and what a field of a schema asks for.
//!
//! `business.tsv` holds the concepts with the phrases that name them in each language, and the words that only people
//! who write schemas use. A label and a phrase are compared as sets of words, without articles and endings, so that
//! "Date of issue" is "Issue date" and "Rechnungs-Nr." is "Rechnungsnummer".

mod concept;
mod fold;
mod index;
mod qualifier;
mod reading;
mod synonym;
mod taxed;
mod types;

use crate::language::Language;
pub(crate) use concept::Concept;
pub(crate) use fold::{fold, push_folded};
use index::Text;
pub(crate) use types::{types_in_text, types_of_name, types_of_title};

/// Meanings of one label that are told: behind the fifth nothing was right.
const MAX_MEANINGS: usize = 5;
/// Bytes of a label or a description that are looked at: longer than any label, as long as a paragraph.
const MAX_TEXT: usize = 600;
/// A meaning below this is none.
const LEAST: f32 = 0.35;
/// What a concept counts that the description of a field names, and its name does not.
const DESCRIBED: f32 = 0.6;
/// What a description adds to a meaning that the name has.
const AGREES: f32 = 0.15;
/// What a concept counts at least that the description names, if the name is a wider word for it.
const SPECIFIED: f32 = 0.95;
/// What is left of a meaning of the name if the description is about another of its meanings, or a narrower one.
const UNMENTIONED: f32 = 0.8;
/// Words, as they are compared, that say of a sum that it is one of many.
const ITEMS: &[&str] = &[
    "line", "item", "row", "position", "product", "article", "ligne", "zeile", "posten", "artikel", "linea", "concepto",
];
/// A name that is a known phrase and nothing else, and one that has an article or a word of little weight beside it.
const EXACT: f32 = 0.99;
const ALSO_EXACT: f32 = 0.88;
/// What a name counts in other words than its own.
const IN_OTHER_WORDS: f32 = 0.92;
/// What the last of several names counts by itself.
const LAST_NAME: f32 = 0.9;

/// What a label on a page may mean, the likeliest first: 1 is a label that is a known phrase and nothing else. Several
/// may be 1: "Total" is the document's and the line's.
pub(crate) fn concepts_of_label(label: &str) -> Vec<(Concept, f32)> {
    let mut all = index::index(Text::Label).meanings(label, Text::Label);
    settle(&mut all);
    if let Some(sum) = taxed::sum(label) {
        all.retain(|(concept, _)| !matches!(concept, Concept::Tax | Concept::TaxRate | Concept::IncomeTax));
        all.retain(|(concept, _)| sum == Concept::Total || !matches!(concept, Concept::Total | Concept::AmountDue));
        raise(&mut all, sum, EXACT);
    }
    ranked(all)
}

/// What a field may ask for, the likeliest first. The name may have the names of the objects that it lies in before
/// it, with points between: `vendor.name`, `customer.address.city`.
pub(crate) fn concepts_of_field(name: &str, title: Option<&str>, description: Option<&str>) -> Vec<(Concept, f32)> {
    let index = index::index(Text::Field);
    let mut all = index.meanings(name, Text::Field);
    if let Some((_, last)) = name.rsplit_once(['.', '/']) {
        raise_all(&mut all, index.meanings(last, Text::Field), LAST_NAME);
    }
    if let Some(title) = title {
        raise_all(&mut all, index.meanings(title, Text::Field), 1.0);
    }
    // The rarer words only where the name itself is not known: what it says comes first.
    if all.iter().all(|(_, score)| *score < ALSO_EXACT)
        && let Some(usual) = synonym::in_usual_words(name)
    {
        let mut others = index.meanings(&usual, Text::Field);
        settle(&mut others);
        keep_related(&mut all, &others);
        raise_all(&mut all, others, IN_OTHER_WORDS);
    }
    settle(&mut all);
    part_sums(&mut all, name);
    if let Some(description) = description {
        describe(&mut all, &index.mentions(description));
    }
    ranked(all)
}

/// Takes away what parts of a name would mean where the whole is a known phrase: a customer's number is no customer.
fn settle(all: &mut Vec<(Concept, f32)>) {
    let said = all.clone();
    keep_related(all, &said);
}

/// Keeps what has to do with what is surely said, if anything is.
fn keep_related(all: &mut Vec<(Concept, f32)>, said: &[(Concept, f32)]) {
    let exact: Vec<Concept> = said.iter().filter(|(_, score)| *score >= EXACT).map(|(concept, _)| *concept).collect();
    let is_related = |concept: Concept| exact.iter().any(|exact| !concept.is_negative_for(*exact));
    all.retain(|(concept, score)| exact.is_empty() || *score >= ALSO_EXACT || is_related(*concept));
}

/// Parts the sums of a document from those of its items, which labels call the same.
fn part_sums(all: &mut Vec<(Concept, f32)>, name: &str) {
    let is_sum = |concept: Concept| matches!(concept, Concept::Total | Concept::Subtotal | Concept::Amount);
    let line = all.iter().find(|(concept, _)| *concept == Concept::LineAmount).map_or(0.0, |(_, score)| *score);
    let is_other = all.iter().any(|(concept, score)| is_sum(*concept) && *score >= line);
    if line <= 0.0 || !is_other {
        return;
    }
    if !fold::tokens(name).iter().any(|token| ITEMS.contains(&token.text.as_str())) {
        all.retain(|(concept, _)| *concept != Concept::LineAmount);
        return;
    }
    for (concept, score) in all.iter_mut() {
        match concept {
            Concept::LineAmount => *score = SPECIFIED,
            concept if is_sum(*concept) => *score *= UNMENTIONED,
            _ => {}
        }
    }
}

/// Weighs what the name of a field may mean by what its description mentions.
fn describe(all: &mut Vec<(Concept, f32)>, mentions: &[(Concept, f32)]) {
    let best = all.iter().map(|(_, score)| *score).fold(0.0, f32::max);
    let named: Vec<Concept> = all.iter().filter(|(_, score)| *score >= best).map(|(concept, _)| *concept).collect();
    let is_narrower = |concept: Concept| named.iter().any(|name| concept.is_within(*name));
    let is_related = |concept: Concept| named.contains(&concept) || is_narrower(concept);
    let is_mentioned = |concept: Concept| mentions.iter().any(|(mention, _)| *mention == concept);
    if !mentions.iter().any(|(mention, _)| is_related(*mention)) {
        mentions.iter().for_each(|(mention, score)| raise(all, *mention, DESCRIBED * score));
        return;
    }
    for (concept, score) in all.iter_mut() {
        // A name that says "number" and a description that says of what: it is that number.
        let own = mentions.iter().find(|(mention, _)| mention == concept).map_or(0.0, |(_, score)| *score);
        let is_narrowed =
            named.contains(concept) && mentions.iter().any(|(mention, score)| is_narrower(*mention) && *score > own);
        *score *= if is_mentioned(*concept) && !is_narrowed { 1.0 } else { UNMENTIONED };
    }
    for (mention, score) in mentions {
        match all.iter_mut().find(|(concept, _)| concept == mention) {
            Some((_, known)) => *known = (*known + AGREES * score).min(1.0),
            None if is_narrower(*mention) => all.push((*mention, SPECIFIED + (1.0 - SPECIFIED) * score)),
            None => all.push((*mention, DESCRIBED * score)),
        }
    }
}

/// The words that stand in phrases of a language, folded.
pub(crate) fn words(language: Language) -> impl Iterator<Item = String> {
    concept::rows()
        .flat_map(move |row| row.phrases(language))
        .flat_map(|phrase| phrase.split(|sign: char| !sign.is_alphabetic()))
        .filter(|word| word.chars().nth(2).is_some())
        .map(fold)
}

fn raise_all(all: &mut Vec<(Concept, f32)>, more: Vec<(Concept, f32)>, weight: f32) {
    for (concept, score) in more {
        raise(all, concept, weight * score);
    }
}

fn raise(all: &mut Vec<(Concept, f32)>, concept: Concept, score: f32) {
    match all.iter_mut().find(|(known, _)| *known == concept) {
        Some((_, known)) => *known = known.max(score),
        None => all.push((concept, score)),
    }
}

fn ranked(mut all: Vec<(Concept, f32)>) -> Vec<(Concept, f32)> {
    all.retain(|(_, score)| *score >= LEAST);
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(MAX_MEANINGS);
    all
}
