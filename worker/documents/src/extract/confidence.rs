//! From what speaks for a value to how likely it is right.

/// How likely a value of such a score is right; straight lines between. Its knots are fitted on the answers to the tuning
/// and the practice family together, in steps of 0.05 of score: flat from 0.6 to 0.75, where some eight of ten are right,
/// then steep, as they are. Below that it is by hand: a threshold leaves little there to fit on. Where the two families
/// part, it follows the practice family, whose wording nobody had seen: it is rather too careful than too sure.
const RIGHT: [(f32, f32); 7] =
    [(0.0, 0.0), (0.35, 0.3), (0.5, 0.55), (0.6, 0.72), (0.75, 0.79), (0.82, 0.94), (1.0, 0.985)];
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
