//! Boxes: which are ticked.

use crate::view::View;

/// Marks of a box that is ticked, and of one that is not.
const TICKED: &[&str] = &["☒", "☑", "✔", "✓", "✗", "✘", "[x]", "[X]", "(x)", "(X)", "■", "⊠", "🗹"];
const BLANK: &[&str] = &["☐", "□", "[ ]", "( )", "[]"];
/// A cross, which is a letter too: a mark where it stands alone.
const CROSSES: &[&str] = &["X", "x", "×"];
/// A mark stands at most this far before its word, in heights of a line.
const NEAR: f32 = 1.5;

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

/// Whether a line begins with a box, ticked or not, and what stands beside the box.
pub(super) fn at_start(text: &str) -> Option<(bool, &str)> {
    let (mark, rest) = text.trim().split_once(' ')?;
    let is_ticked = CROSSES.contains(&mark) || TICKED.contains(&mark);
    (is_ticked || BLANK.contains(&mark)).then_some((is_ticked, rest.trim()))
}
