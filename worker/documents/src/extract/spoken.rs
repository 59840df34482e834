//! Parties by what a sentence says that they do: "Northwell plc undertakes to supply what Hollis Ltd orders."

use super::candidate::{Best, Candidate};
use super::company::has_legal_form;
use super::deed::{self, Side};
use super::leaf::Leaf;
use super::normal;
use super::search::Search;
use crate::lexicon::{Concept, fold};

/// What a name is worth of two that a sentence tells apart, and of one alone. Set by hand with the exercise family in
/// view.
const OF_TWO: f32 = 0.92;
const ALONE: f32 = 0.72;
/// Words behind a name that tell what it does, and before it.
const AFTER: usize = 6;
const BEFORE: usize = 6;
/// Words of a name.
const NAME_WORDS: usize = 7;
/// Words of a sentence that names parties.
const MAX_WORDS: usize = 90;
/// Words that names begin with no sentence in: "Die Firma Nordhaus GmbH".
const NO_NAMES: &[&str] = &[
    "the", "die", "der", "das", "la", "le", "el", "los", "firma", "firm", "company", "societe", "sociedad", "article",
    "artikel", "articulo", "clause", "section", "by", "to", "for", "von", "an", "par", "por", "between", "entre",
    "zwischen", "und", "and", "et", "client", "kunde", "cliente", "whereas", "messrs",
];
/// Small words within names.
const WITHIN: &[&str] = &["&", "de", "du", "des", "la", "of", "del", "e", "y", "et", "and", "von", "und", "d'"];

/// A word of a sentence, where it stands in the paragraph.
struct Word<'t> {
    text: &'t str,
    from: usize,
    to: usize,
}

/// A company of a sentence, by its first and last words.
struct Company {
    first: usize,
    last: usize,
    from: usize,
    to: usize,
}

/// The name of the company that a sentence says to do what the party of the field does.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    let is_letter = matches!(leaf.concept, Some(Concept::SenderName | Concept::RecipientName | Concept::Signatory));
    let Some(role) = leaf.role.filter(|_| !is_letter && !search.parties.is_order) else { return };
    for paragraph in search.paragraphs {
        for (from, to) in paragraph.sentences() {
            let words = words(paragraph.text.get(from..to).unwrap_or_default(), from);
            if words.len() > MAX_WORDS {
                continue;
            }
            let companies = companies(&words);
            for (company, side) in sides(&words, &companies) {
                let score = if companies.len() > 1 { OF_TWO } else { ALONE };
                if side.role() == role
                    && let Some(value) =
                        normal::of_text(leaf, paragraph.text.get(company.from..company.to).unwrap_or_default())
                {
                    let spans = paragraph.spans(company.from, company.to);
                    best.push(Candidate { spans, value, score });
                }
            }
        }
    }
}

fn words(text: &str, at: usize) -> Vec<Word<'_>> {
    text.split_whitespace()
        .map(|word| {
            let from = at + (word.as_ptr() as usize - text.as_ptr() as usize);
            Word { text: word, from, to: from + word.len() }
        })
        .collect()
}

/// The companies of a sentence: words in capitals up to one that is a legal form.
fn companies(words: &[Word<'_>]) -> Vec<Company> {
    let mut companies: Vec<Company> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let is_form = |index: usize| words.get(index).is_some_and(|word| is_form(word.text));
        if !is_form(at) {
            at += 1;
            continue;
        }
        let since = companies.last().map_or(0, |company| company.last + 1);
        let first = first_of(words, since, at);
        // "GmbH & Co. KG" is one form of several words.
        let mut last = at;
        while let Some(further) =
            (last + 1..=last + 3).find(|&next| is_form(next)).filter(|&next| joins(words, last, next))
        {
            last = further;
        }
        at = last + 1;
        let (Some(first), Some(end)) = (first, words.get(last)) else { continue };
        let Some(from) = words.get(first).map(|word| word.from) else { continue };
        let text = trimmed(end.text);
        companies.push(Company { first, last, from, to: end.to - (end.text.len() - text.len()) });
    }
    companies
}

fn is_form(word: &str) -> bool {
    let word = word.trim_matches([',', ';', '(', ')', ':', '“', '”', '"']);
    // "SE", "AG" are forms, "se" is a word of Spanish and French.
    word.chars().next().is_some_and(char::is_uppercase) && has_legal_form(word)
        || matches!(word.trim_end_matches('.'), "plc" | "e.K" | "e.V")
}

/// Whether the words between two forms are of them.
fn joins(words: &[Word<'_>], from: usize, to: usize) -> bool {
    let between = words.get(from + 1..to).unwrap_or_default();
    words.get(from).is_some_and(|word| !word.text.ends_with([',', ';']))
        && between.iter().all(|word| matches!(word.text, "&" | "Co." | "Co" | "and" | "und"))
}

/// The first word of the name that ends at a form.
fn first_of(words: &[Word<'_>], since: usize, form: usize) -> Option<usize> {
    let mut first = None;
    for index in (since..form).rev().take(NAME_WORDS) {
        let word = words.get(index)?.text;
        let is_capital = word.chars().next().is_some_and(|sign| sign.is_uppercase() || sign == '«' || sign == '“');
        let is_end = word.ends_with([',', ';', ':', ')']) || word.ends_with('.') && word.len() > 4;
        if is_end || !is_capital && !WITHIN.contains(&word) || NO_NAMES.contains(&fold(word).as_str()) {
            break;
        }
        if is_capital {
            first = Some(index);
        }
    }
    first
}

/// A form without the mark behind it: "S.L.U.." ends a sentence, "S.L.U." does not.
fn trimmed(form: &str) -> &str {
    let form = form.trim_end_matches([',', ';', ':', ')', '”', '"']);
    let is_dotted = form.trim_end_matches('.').contains('.');
    match (is_dotted, form.strip_suffix("..")) {
        (true, Some(rest)) => form.get(..=rest.len()).unwrap_or(form),
        (true, None) => form,
        (false, _) if matches!(form, "Inc." | "Ltd." | "Corp.") => form,
        (false, _) => form.trim_end_matches('.'),
    }
}

/// What each of one or two companies does; of two the one does what the other does not.
fn sides<'c>(words: &[Word<'_>], companies: &'c [Company]) -> Vec<(&'c Company, Side)> {
    match companies {
        [one] => side_of(words, companies, one).map(|side| (one, side)).into_iter().collect(),
        [one, other] => match (side_of(words, companies, one), side_of(words, companies, other)) {
            (Some(first), Some(second)) if first == second => Vec::new(),
            (Some(first), _) => vec![(one, first), (other, first.other())],
            (None, Some(second)) => vec![(one, second.other()), (other, second)],
            (None, None) => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn side_of(words: &[Word<'_>], companies: &[Company], company: &Company) -> Option<Side> {
    let since = companies.iter().map(|other| other.last + 1).filter(|&end| end <= company.first).max().unwrap_or(0);
    let until =
        companies.iter().map(|other| other.first).filter(|&start| start > company.last).min().unwrap_or(words.len());
    let before: Vec<String> = words.get(since..company.first)?.iter().rev().take(BEFORE).map(bare).collect();
    let after: Vec<String> = words.get(company.last + 1..until)?.iter().take(AFTER).map(bare).collect();
    let link = before.first().map(String::as_str).unwrap_or_default();
    let said = before.iter().skip(1).find_map(|word| deed::side(word));
    let does = || does(&after);
    if deed::is_by(link) {
        return said.or_else(does);
    }
    if deed::is_to(link) {
        return said.map(Side::other);
    }
    does()
}

/// What the words behind a name say that it does.
fn does(after: &[String]) -> Option<Side> {
    let at = after.iter().enumerate().find_map(|(at, word)| {
        // "s'engage à fournir" is no engaging of another.
        let is_reflexive = word.starts_with("s engag") || word.starts_with("sengag");
        (!is_reflexive).then(|| deed::side(word)).flatten().map(|side| (at, side))
    });
    let (at, side) = at?;
    let is_passive = after.get(at + 1).is_some_and(|next| deed::is_by(next));
    Some(if is_passive { side.other() } else { side })
}

/// A word folded, without marks.
fn bare(word: &Word<'_>) -> String {
    fold(word.text).chars().filter(|sign| sign.is_alphanumeric()).collect()
}
