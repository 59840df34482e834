//! The documents within a section, told apart by a key that each of them has.

use std::collections::BTreeMap;

use crate::lexicon;
use crate::matching::{Embedder, Matcher, Wording};
use crate::operation::Partition;
use crate::value::{self, Kind, Locale};
use crate::view::{Pair, Span, View};

/// How well a label must name the key.
const LEAST: f32 = 0.6;
/// How much worse than the best label of the section another one may name it.
const WORSE: f32 = 0.15;
/// How much worse than the best one of its own page.
const ON_PAGE: f32 = 0.03;
/// Letters of an id that stand alone: "INV 2024 7".
const MAX_LETTERS: usize = 3;
/// A text that means this much as a label is one, and no name.
const LABEL: f32 = 0.9;
/// Bytes of a key.
const MAX_KEY: usize = 120;

/// A value of the key.
#[derive(Debug, Clone)]
struct Key {
    text: String,
    line: usize,
    page: u32,
    score: f32,
}

/// The documents on these pages: each begins with a new value of the key, on its page's top unless another one ends
/// there. Pages on which no value is found are of the document before.
pub(super) fn partitions(
    view: &View,
    pairs: &[Pair],
    key: &str,
    pages: &[u32],
    locale: &Locale,
    embedder: Option<&Embedder>,
) -> Vec<Partition> {
    let mut partitions: Vec<Partition> = Vec::new();
    let mut before: Option<Key> = None;
    for key in keys(view, pairs, key, pages, locale, embedder) {
        if before.as_ref().is_none_or(|before| !same(&before.text, &key.text)) {
            let above = before.as_ref().filter(|before| before.page == key.page);
            let start = above.map_or(0.0, |above| top(view, above.line, key.line));
            if let Some(last) = partitions.last_mut() {
                let end = if above.is_some() { key.page } else { key.page.saturating_sub(1) };
                let from = last.pages.last().copied().unwrap_or_default();
                last.pages.extend(pages.iter().filter(|page| from < **page && **page <= end));
                last.last_page_y_end = if above.is_some() { start } else { 1.0 };
            }
            // What stands before the first value is of its document.
            let first = if partitions.is_empty() { 0 } else { key.page };
            partitions.push(Partition {
                key: key.text.clone(),
                pages: pages.iter().copied().filter(|page| first <= *page && *page <= key.page).collect(),
                first_page_y_start: start,
                last_page_y_end: 1.0,
            });
        }
        before = Some(key);
    }
    if let Some(last) = partitions.last_mut() {
        let from = last.pages.last().copied().unwrap_or_default();
        last.pages.extend(pages.iter().filter(|page| **page > from));
    }
    partitions
}

/// The values of the key on these pages, in reading order.
fn keys(
    view: &View,
    pairs: &[Pair],
    key: &str,
    pages: &[u32],
    locale: &Locale,
    embedder: Option<&Embedder>,
) -> Vec<Key> {
    let matcher = Matcher::of_wording(&Wording { name: key, ..Wording::default() });
    let kind = lexicon::concepts_of_field(key, None, None).first().map(|(concept, _)| concept.kind());
    // Of each label the value that is nearest to it: a column of others stands under that.
    let mut nearest: BTreeMap<Span, (f32, Key)> = BTreeMap::new();
    for pair in pairs {
        let Some(line) = view.lines.get(pair.value.line).filter(|line| pages.contains(&line.page)) else { continue };
        let score = matcher.score(view.text(pair.label), embedder);
        if score < LEAST {
            continue;
        }
        let Some(text) = read(view, pair, kind, locale) else { continue };
        let key = Key { text, line: pair.value.line, page: line.page, score };
        let known = nearest.entry(pair.label).or_insert_with(|| (pair.nearness, key.clone()));
        if pair.nearness > known.0 {
            *known = (pair.nearness, key);
        }
    }
    let mut keys: Vec<Key> = nearest.into_values().map(|(_, key)| key).collect();
    let best = keys.iter().map(|key| key.score).fold(0.0, f32::max);
    let mut of_pages: BTreeMap<u32, f32> = BTreeMap::new();
    for key in &keys {
        let of_page = of_pages.entry(key.page).or_default();
        *of_page = of_page.max(key.score);
    }
    keys.retain(|key| {
        key.score >= best - WORSE && of_pages.get(&key.page).is_some_and(|best| key.score >= best - ON_PAGE)
    });
    keys.sort_by_key(|key| key.line);
    keys
}

fn read(view: &View, pair: &Pair, kind: Option<Kind>, locale: &Locale) -> Option<String> {
    let text = value::head(view.text(pair.value), MAX_KEY).trim();
    if text.is_empty() || text.ends_with(':') {
        return None;
    }
    match kind {
        Some(Kind::Identifier) if value::read(text, Kind::Date, locale).is_some() => None,
        Some(Kind::Identifier) => {
            // Ids have every form: what has digits and no words.
            let is_part =
                |word: &str| word.chars().any(|sign| sign.is_ascii_digit()) || word.chars().count() <= MAX_LETTERS;
            let has_digits = text.chars().any(|sign| sign.is_ascii_digit());
            let is_id = has_digits && text.split_whitespace().all(is_part);
            let found = value::read(text, Kind::Identifier, locale).map(|found| found.value.normal());
            found.or_else(|| is_id.then(|| text.to_owned()))
        }
        Some(kind @ (Kind::Date | Kind::Money | Kind::Number | Kind::Iban | Kind::VatId | Kind::Email)) => {
            Some(value::read(text, kind, locale)?.value.normal())
        }
        _ => {
            let is_label = lexicon::concepts_of_label(text).first().is_some_and(|(_, score)| *score >= LABEL);
            (text.chars().any(char::is_alphabetic) && !is_label).then(|| text.to_owned())
        }
    }
}

fn same(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(one) == letters(other)
}

/// Where the document begins whose key is on one line, and the key of the one before on another above it: under the
/// widest gap between them, in heights of the page.
fn top(view: &View, above: usize, line: usize) -> f32 {
    let lines = view.lines.get(above..=line.max(above)).unwrap_or_default();
    let mut rects: Vec<_> = lines.iter().filter_map(|line| line.rect).collect();
    rects.sort_by(|a, b| a.top.total_cmp(&b.top));
    let (mut bottom, mut widest, mut start) = (f32::MAX, 0.0, None);
    for rect in rects {
        if rect.top - bottom > widest {
            widest = rect.top - bottom;
            start = Some(rect.top);
        }
        bottom = if bottom > 1.0 { rect.bottom } else { bottom.max(rect.bottom) };
    }
    start.unwrap_or_else(|| share(view, line))
}

/// Where a line stands among those of its page, in formats without places.
fn share(view: &View, line: usize) -> f32 {
    let Some(page) = view.lines.get(line).map(|line| line.page) else { return 0.0 };
    let first = view.lines.partition_point(|line| line.page < page);
    let end = view.lines.partition_point(|line| line.page <= page);
    #[expect(clippy::cast_precision_loss, reason = "a page has fewer lines than f32 counts exactly")]
    let share = line.saturating_sub(first) as f32 / end.saturating_sub(first).max(1) as f32;
    share
}
