//! From what speaks for a value to how likely it is right.

/// How likely a value of such a score is right, set by hand with the tuning family in view; straight lines between.
const RIGHT: [(f32, f32); 6] = [(0.0, 0.0), (0.35, 0.3), (0.5, 0.55), (0.65, 0.75), (0.8, 0.92), (1.0, 0.98)];
/// What is left of it when another value has nearly as much for it.
pub(crate) const CONTESTED: f32 = 0.85;

/// How likely a value of this score is right.
pub(crate) fn of(score: f32) -> f32 {
    let score = score.clamp(0.0, 1.0);
    let line = RIGHT.windows(2).find_map(|pair| match pair {
        [(from, low), (to, high)] if score <= *to => Some(low + (score - from) / (to - from) * (high - low)),
        _ => None,
    });
    line.unwrap_or(1.0)
}
