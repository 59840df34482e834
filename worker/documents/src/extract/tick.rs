//! Boxes: which are ticked.

use crate::view::View;

/// Marks of a box that is ticked, and of one that is not.
const TICKED: &[&str] = &["☒", "☑", "✔", "✓", "✗", "✘", "[x]", "[X]", "(x)", "(X)", "■", "⊠", "🗹"];
const BLANK: &[&str] = &["☐", "□", "[ ]", "( )", "[]"];
/// A mark stands at most this far before its word, in heights of a line.
const NEAR: f32 = 1.5;

/// Whether the last box in the text before a value is ticked.
pub(super) fn before(text: &str) -> Option<bool> {
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
    let is_cross = matches!(text, "X" | "x" | "×") || TICKED.contains(&text);
    if is_cross { Some((mark, true)) } else { BLANK.contains(&text).then_some((mark, false)) }
}
