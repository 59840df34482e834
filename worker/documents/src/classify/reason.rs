//! What speaks for an answer, in words of the document.

use super::leaf::Leaf;
use super::score::named;
use super::target::Target;
use crate::value::head;
use crate::view::View;

/// Signs that are named.
const MAX_SIGNS: usize = 4;
/// Bytes of a line that are quoted.
const MAX_QUOTE: usize = 80;
/// What a title must say to be named.
const LEAST: f32 = 0.1;

/// What speaks for a target, in a sentence or two.
pub(super) fn reason(view: &View, leaf: &Leaf, target: &Target, name: &str) -> String {
    let title = leaf
        .titles
        .iter()
        .map(|title| (named(title, target), title))
        .filter(|(score, _)| *score >= LEAST)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let mut sentences = Vec::new();
    if let Some((_, title)) = title {
        let page = title.line.and_then(|line| view.lines.get(line)).map(|line| line.page);
        let place = page.map_or_else(String::new, |page| format!(" on page {page}"));
        sentences.push(format!("\"{}\"{place} names it.", head(&title.text, MAX_QUOTE)));
    }
    let title = title.and_then(|(_, title)| title.line);
    let mut signs: Vec<_> = target.types.iter().take(1).flat_map(|(of, _)| leaf.signs_of(*of)).collect();
    signs.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.line.cmp(&b.line)));
    let mut lines: Vec<usize> = Vec::new();
    for sign in signs {
        if Some(sign.line) != title && !lines.contains(&sign.line) && lines.len() < MAX_SIGNS {
            lines.push(sign.line);
        }
    }
    if !lines.is_empty() {
        sentences.push(format!("{} go with it.", quoted(view, &lines)).replacen(
            "go",
            if lines.len() == 1 { "goes" } else { "go" },
            1,
        ));
    }
    if sentences.is_empty() {
        let words: Vec<String> = target
            .words
            .iter()
            .filter(|(word, _)| leaf.words.contains_key(word))
            .take(MAX_SIGNS)
            .map(|(word, _)| format!("\"{word}\""))
            .collect();
        if !words.is_empty() {
            sentences.push(format!("It has words that {name} is described by: {}.", words.join(", ")));
        }
    }
    if sentences.is_empty() {
        let first =
            view.lines.get(leaf.lines.clone()).unwrap_or_default().iter().find(|line| !line.text.trim().is_empty());
        let start = first.map_or("", |line| head(&line.text, MAX_QUOTE));
        sentences.push(format!(
            "No words of it name any of the kinds; as a whole, from \"{start}\" on, it is nearest to {name}."
        ));
    }
    sentences.join(" ")
}

fn quoted(view: &View, lines: &[usize]) -> String {
    let texts: Vec<String> = lines
        .iter()
        .filter_map(|line| view.lines.get(*line))
        .map(|line| format!("\"{}\"", head(line.text.trim(), MAX_QUOTE)))
        .collect();
    match texts.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        texts => texts.join(", "),
    }
}
