//! Boxes: which are ticked.

use crate::lexicon::fold;
use crate::view::View;

/// Marks of a box that is ticked, and of one that is not.
const TICKED: &[&str] = &["☒", "☑", "✔", "✓", "✗", "✘", "[x]", "[X]", "(x)", "(X)", "■", "⊠", "🗹"];
const BLANK: &[&str] = &["☐", "□", "[ ]", "( )", "[]"];
/// A cross, which is a letter too: a mark where it stands alone.
const CROSSES: &[&str] = &["X", "x", "×"];
/// A mark stands at most this far before its word, in heights of a line.
const NEAR: f32 = 1.5;
/// Pieces of a row of options that are looked at, and how far they stand apart, in heights of a line.
const MOST_OPTIONS: usize = 8;
const FAR: f32 = 60.0;
/// What wishes begin with, folded.
const WISHES: &[&str] = &[
    "yes",
    "i",
    "please",
    "send",
    "keep",
    "ja",
    "ich",
    "bitte",
    "senden",
    "schicken",
    "oui",
    "je",
    "j",
    "merci",
    "veuillez",
    "envoyez",
    "si",
    "me",
    "quiero",
    "deseo",
    "acepto",
    "autorizo",
    "doy",
    "envienme",
    "suscribanme",
];

/// Whether the last box in the text before a value is ticked.
pub(super) fn before(text: &str) -> Option<bool> {
    if CROSSES.contains(&text.trim()) {
        return Some(true);
    }
    let last = |marks: &[&str]| marks.iter().filter_map(|mark| text.rfind(mark)).max();
    match (last(TICKED), last(BLANK)) {
        (None, None) => None,
        (ticked, blank) => Some(ticked > blank),
    }
}

/// The line that is the mark beside a line, and whether it is ticked.
pub(super) fn beside(view: &View, line: usize) -> Option<(usize, bool)> {
    let mark = view.next_left(line, NEAR)?;
    let text = view.lines.get(mark)?.text.trim();
    let is_cross = CROSSES.contains(&text) || TICKED.contains(&text);
    if is_cross { Some((mark, true)) } else { BLANK.contains(&text).then_some((mark, false)) }
}

/// The pieces left of one on its printed row.
pub(super) fn row_before(view: &View, line: usize) -> Vec<usize> {
    std::iter::successors(view.next_left(line, FAR), |&left| view.next_left(left, FAR)).take(MOST_OPTIONS).collect()
}

/// Whether a line says what somebody wishes, as forms have them beside a box: "Yes, please send me ...".
pub(super) fn is_wish(view: &View, line: usize) -> bool {
    let text = view.text(view.whole(line));
    let text = at_start(text).map_or(text, |(_, rest)| rest);
    let words: Vec<&str> = text.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let first = words.first().map(|word| fold(word)).unwrap_or_default();
    (4..=16).contains(&words.len()) && !text.trim_end().ends_with([':', '?']) && WISHES.contains(&first.as_str())
}

/// Whether a line begins with a box, ticked or not, and what stands beside the box.
pub(super) fn at_start(text: &str) -> Option<(bool, &str)> {
    let (mark, rest) = text.trim().split_once(' ')?;
    let is_ticked = CROSSES.contains(&mark) || TICKED.contains(&mark);
    (is_ticked || BLANK.contains(&mark)).then_some((is_ticked, rest.trim()))
}
