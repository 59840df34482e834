//! Parties that a sentence defines: `Northwell Ltd (the “Client”)`, `between the Client Northwell Ltd and …`.

use super::candidate::{Best, Candidate};
use super::company::has_legal_form;
use super::leaf::Leaf;
use super::normal;
use super::paragraph::Paragraph;
use super::role::Role;
use super::search::Search;
use crate::lexicon::Concept;

/// What a name is worth that its own term follows, and one that stands behind its term without a mark. Set by hand with
/// the tuning family in view.
const DEFINED: f32 = 0.95;
const NAMED: f32 = 0.86;
/// What the names of two companies are worth in their order: who provides stands first.
const IN_ORDER: f32 = 0.92;
/// Bytes between the names of two parties: their addresses stand there too.
const APART: usize = 240;
/// Bytes of a term.
const MAX_TERM: usize = 60;
/// Words of a name.
const NAME_WORDS: usize = 8;
/// How well a term names a field at least.
const LEAST: f32 = 0.4;
/// Words before a term that no parentheses hold: "Northwell Ltd, hereinafter the Client,".
const CALLED: &[&str] = &[
    "hereinafter",
    "hereafter",
    "referred to as",
    "known as",
    "acting as",
    ", as ",
    "ci-après",
    "dénommé",
    "dénommée",
    "désigné",
    "en qualité de",
    "nachfolgend",
    "nachstehend",
    "im folgenden",
    "im weiteren",
    "als ",
    "en adelante",
    "en lo sucesivo",
    "denominado",
    "denominada",
    "en calidad de",
    ", como ",
];
/// Words that a sentence of parties has.
const BETWEEN: &[&str] = &["between", "entre", "zwischen"];
/// A shorter word may stand anywhere: "as", "als".
const APART_TERM: usize = 7;
const AND: &[&str] = &["and", "et", "und", "y", "e", "&"];
const ARTICLES: &[&str] = &[
    "the ",
    "le ",
    "la ",
    "der ",
    "die ",
    "das ",
    "dem ",
    "den ",
    "el ",
    "called ",
    "as ",
    "referred to as ",
    "to as ",
    "dénommé ",
    "dénommée ",
    "désigné ",
    "désignée ",
    "désigné par ",
    "genannt ",
    "als ",
    "denominado ",
    "denominada ",
    "collectively ",
];

/// The names that sentences give to the party that a field asks for.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    for paragraph in search.paragraphs {
        let text = paragraph.text.as_str();
        for (open, close) in parentheses(text) {
            push_before(search, leaf, paragraph, open, text.get(open + 1..close).unwrap_or_default(), best);
        }
        let lower = text.to_lowercase();
        if lower.len() != text.len() || !lower.split_whitespace().take(40).any(|word| BETWEEN.contains(&word)) {
            continue;
        }
        for (comma, term) in terms(text, &lower) {
            push_before(search, leaf, paragraph, comma, term, best);
        }
        push_after(leaf, paragraph, best);
        push_between(leaf, paragraph, best);
    }
}

/// The name before a term.
fn push_before(search: &Search<'_>, leaf: &Leaf<'_>, paragraph: &Paragraph, end: usize, term: &str, best: &mut Best) {
    let fit = leaf.named_by(term.trim_matches(|sign: char| !sign.is_alphanumeric()), search.embedder);
    let named = fit.max(leaf.named_by(quoted(term), search.embedder));
    if named < LEAST {
        return;
    }
    if let Some((from, to)) = name_before(paragraph.text.get(..end).unwrap_or_default()) {
        put(leaf, paragraph, (from, to), DEFINED * named, best);
    }
}

/// The name behind a term: "zwischen dem Auftraggeber Nordwell GmbH und".
fn push_after(leaf: &Leaf<'_>, paragraph: &Paragraph, best: &mut Best) {
    let text = paragraph.text.as_str();
    let words: Vec<(usize, &str)> =
        text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect();
    for pair in words.windows(2) {
        let [(_, term), (start, next)] = pair else { continue };
        let is_name = next.chars().next().is_some_and(char::is_uppercase) && !term.ends_with([',', '.', ';', ')']);
        if !is_name || term.chars().count() < 4 {
            continue;
        }
        let named = leaf.named_by(term.trim_end_matches(':'), None);
        if named >= 0.75
            && let Some(length) = name_length(text.get(*start..).unwrap_or_default())
        {
            put(leaf, paragraph, (*start, start + length), NAMED * named, best);
        }
    }
}

/// "between Northwell Ltd and Silverton Glass plc", where no term says who is who.
fn push_between(leaf: &Leaf<'_>, paragraph: &Paragraph, best: &mut Best) {
    let is_letter = matches!(leaf.concept, Some(Concept::SenderName | Concept::RecipientName));
    let Some(role) = leaf.role.filter(|_| !is_letter) else { return };
    let text = paragraph.text.as_str();
    let lower = text.to_lowercase();
    if CALLED.iter().any(|called| called.len() > APART_TERM && lower.contains(called)) || text.contains('(') {
        return;
    }
    let name = |from: usize| {
        let end = from + name_length(text.get(from..)?)?;
        text.get(from..end)
            .filter(|name| has_legal_form(name) || name.ends_with(" e. K.") || name.ends_with(" e. V."))
            .map(|_| (from, end))
    };
    let mut words = text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word));
    let between = words.by_ref().take(40).find(|(_, word)| BETWEEN.contains(&word.to_lowercase().as_str()));
    let Some(first) = between.and_then(|_| words.next()).and_then(|(start, _)| name(start)) else { return };
    let mut is_joined = false;
    let second = words
        .skip_while(|(start, _)| *start < first.1)
        .take_while(|(start, _)| *start < first.1 + APART)
        .find_map(|(start, word)| {
            let found = if is_joined { name(start) } else { None };
            is_joined = AND.contains(&word);
            found
        });
    match (role, second) {
        (Role::Issuer, Some(_)) => put(leaf, paragraph, first, IN_ORDER, best),
        (Role::Addressee, Some(second)) => put(leaf, paragraph, second, IN_ORDER, best),
        _ => {}
    }
}

fn put(leaf: &Leaf<'_>, paragraph: &Paragraph, (from, to): (usize, usize), score: f32, best: &mut Best) {
    let spans = paragraph.spans(from, to);
    if let Some(value) = normal::of_text(leaf, paragraph.text.get(from..to).unwrap_or_default()) {
        best.push(Candidate { spans, value, score });
    }
}

fn parentheses(text: &str) -> Vec<(usize, usize)> {
    text.match_indices('(')
        .filter_map(|(open, _)| {
            let close = open + text.get(open..)?.find(')')?;
            (close - open <= MAX_TERM).then_some((open, close))
        })
        .collect()
}

/// Terms behind words such as "hereinafter", each with where the name before it ends.
fn terms<'t>(text: &'t str, lower: &str) -> Vec<(usize, &'t str)> {
    let mut terms = Vec::new();
    for called in CALLED {
        for (at, _) in lower.match_indices(called) {
            let Some(rest) = text.get(at + called.len()..) else { continue };
            let rest = rest.trim_start_matches([' ', ',', ':']);
            let length = rest.find([',', ';', '.', ')', '–', '—']).unwrap_or(rest.len()).min(MAX_TERM);
            let Some(before) = text.get(..at) else { continue };
            let end = before
                .trim_end_matches(|sign: char| sign.is_whitespace() || matches!(sign, ',' | '–' | '—' | '-'))
                .len();
            if let Some(term) = rest.get(..length).filter(|_| end < at || called.starts_with(',')) {
                terms.push((end, term.split(" und ").next().unwrap_or(term)));
            }
        }
    }
    terms
}

/// What stands in quotation marks, or all of it without its article.
fn quoted(term: &str) -> &str {
    let is_mark = |sign: char| matches!(sign, '“' | '”' | '"' | '«' | '»' | '„' | '‘' | '’' | '\'');
    let mut inner = term.split(is_mark).nth(1).unwrap_or(term).trim();
    while let Some(rest) = ARTICLES.iter().find_map(|article| inner.strip_prefix(article)) {
        inner = rest.trim_start();
    }
    inner.strip_suffix("genannt").unwrap_or(inner).trim()
}

/// The capitalized words at the end of a text.
fn name_before(text: &str) -> Option<(usize, usize)> {
    let end = text.trim_end_matches(|sign: char| sign.is_whitespace() || sign == ',').len();
    let mut start = end;
    for word in text.get(..end)?.split_whitespace().rev().take(NAME_WORDS) {
        if !is_of_name(word)
            || BETWEEN.contains(&word.to_lowercase().as_str())
            || word.ends_with([',', ':', ';']) && start < end
        {
            break;
        }
        start = word.as_ptr() as usize - text.as_ptr() as usize;
    }
    (start < end).then_some((start, end))
}

/// Bytes of the capitalized words that a text begins with.
fn name_length(text: &str) -> Option<usize> {
    let mut end = None;
    for word in text.split_whitespace().take(NAME_WORDS) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let name = word.trim_end_matches([',', ';', ')', ':']);
        if !is_of_name(name) || name.is_empty() || is_count(name) {
            break;
        }
        end = Some(start + name.len());
        if name.len() < word.len() {
            break;
        }
    }
    end.filter(|&end| text.get(..end).is_some_and(|name| has_legal_form(name) || name.contains(' ')))
}

/// The number of a clause, which follows the names: "1."
fn is_count(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_of_name(word: &str) -> bool {
    word.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit() || first == '&')
        || has_legal_form(word)
        || matches!(word, "de" | "du" | "von" | "of" | "del" | "la" | "e.")
}
