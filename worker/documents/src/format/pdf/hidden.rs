//! Text that is there and not painted.

use crate::layout::Fragment;

/// Baselines closer than this, in em, are one line.
const SAME_LINE: f32 = 0.5;
/// How many painted fragments around a hidden one it is compared with: a line of print has up to some hundred words, and
/// a page made to be slow draws all its text on one.
const MAX_COMPARED: usize = 512;

/// The hidden text that no painted text lies over: what a scanner's software recognised, and not what a writer put
/// behind its own text for searching.
pub(super) fn uncovered(hidden: Vec<Fragment>, painted: &[Fragment]) -> Vec<Fragment> {
    if hidden.is_empty() || painted.is_empty() {
        return hidden;
    }
    let mut painted: Vec<&Fragment> = painted.iter().collect();
    painted.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    hidden.into_iter().filter(|fragment| !is_covered(fragment, &painted)).collect()
}

/// Whether painted text lies over most of a fragment. `painted` is ordered by baseline.
fn is_covered(fragment: &Fragment, painted: &[&Fragment]) -> bool {
    let near = SAME_LINE * fragment.size;
    let (left, right) = ends(fragment);
    let from = painted.partition_point(|other| other.baseline < fragment.baseline - near);
    let near =
        painted.iter().skip(from).take(MAX_COMPARED).take_while(|other| other.baseline <= fragment.baseline + near);
    let shared: f32 = near
        .map(|other| {
            let (other_left, other_right) = ends(other);
            (right.min(other_right) - left.max(other_left)).max(0.0)
        })
        .sum();
    shared > 0.5 * (right - left)
}

fn ends(fragment: &Fragment) -> (f32, f32) {
    let left = fragment.words.iter().map(|word| word.left).fold(f32::INFINITY, f32::min);
    (left, fragment.words.iter().map(|word| word.right).fold(left, f32::max))
}
