//! Figures of the year so far, which stand beside those of the paper and are named alike.

use crate::matching::words::Word;
use crate::view::{Label, Span, View};

/// What is left of such a figure for a field that does not ask for the year so far.
const CUMULATED: f32 = 0.3;
/// A heading of such figures has at most this many words and stands at most this many lines before them.
const HEADING_WORDS: usize = 6;
const BACK: usize = 16;
/// Farther than any line reaches, in heights of a line.
const ANYWHERE: f32 = 1e6;
/// What says so, in small letters, in English, French, German and Spanish.
const WORDS: &[&str] = &[
    "year to date",
    "year-to-date",
    "ytd",
    "cumul",
    "kumul",
    "jahreswert",
    "jahressumme",
    "aufgelaufen",
    "acumulad",
    "depuis le début de l",
    "seit jahresbeginn",
    "since january",
    "en lo que va de",
];

/// What is left of a figure with these labels for a field with these words.
pub(super) fn factor(view: &View, span: Span, labels: &[Label], words: &[Word]) -> f32 {
    let asked = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let is_labelled = || labels.iter().any(|label| is_of_year(view.text(label.span)));
    if is_of_year(&asked) || !is_labelled() && !is_headed(view, span.line) { 1.0 } else { CUMULATED }
}

fn is_of_year(text: &str) -> bool {
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

/// Whether a heading that is alone on its row and says so stands over a line.
fn is_headed(view: &View, line: usize) -> bool {
    let Some(own) = view.lines.get(line) else { return false };
    (line.saturating_sub(BACK)..line).any(|other| {
        let Some(heading) = view.lines.get(other).filter(|heading| heading.page == own.page) else { return false };
        let is_over = match (heading.at, own.at) {
            (Some(heading), Some(own)) => heading.bottom <= own.top + 0.5 * own.height(),
            _ => true,
        };
        let is_short = heading.text.split_whitespace().count() <= HEADING_WORDS
            && !heading.text.contains(|sign: char| sign.is_ascii_digit());
        let is_alone = || match (heading.cell, view.grid_of(other)) {
            (Some(place), Some(grid)) => grid.row(place.row).count() == 1,
            _ => view.next_right(other, ANYWHERE).is_none(),
        };
        is_over && is_short && is_of_year(&heading.text) && is_alone()
    })
}
