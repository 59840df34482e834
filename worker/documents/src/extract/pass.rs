//! Passes: the ways in which a document is searched when several answers are voted on.

/// What one pass leaves out or does otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pass {
    /// For people and tests.
    pub(crate) name: &'static str,
    /// Labels count that stand above a value or left of it with a gap.
    pub(crate) has_geometry: bool,
    /// The nearness of meaning counts.
    pub(crate) has_embeddings: bool,
    /// What stands where it usually stands counts without a label.
    pub(crate) has_habits: bool,
    /// Values of less confidence are left out.
    pub(crate) threshold: f32,
}

/// A value of less confidence is not given: it is as likely wrong as right.
pub(crate) const THRESHOLD: f32 = 0.5;

/// The pass that is made when there is one.
pub(crate) const FULL: Pass =
    Pass { name: "full", has_geometry: true, has_embeddings: true, has_habits: true, threshold: THRESHOLD };

/// The passes that may be made besides, in the order of which a seed chooses the start.
const OTHERS: [Pass; 6] = [
    Pass { name: "bold", threshold: 0.38, ..FULL },
    Pass { name: "without_embeddings", has_embeddings: false, ..FULL },
    Pass { name: "strict", threshold: 0.65, ..FULL },
    Pass { name: "without_habits", has_habits: false, ..FULL },
    Pass { name: "without_geometry", has_geometry: false, ..FULL },
    Pass { name: "strict_without_embeddings", has_embeddings: false, threshold: 0.6, ..FULL },
];

/// The passes of a vote: the full one first, then others from the one that the seed names.
pub(crate) fn passes(count: u32, seed: u64) -> Vec<Pass> {
    let others = OTHERS.len() as u64;
    (0..u64::from(count.max(1)))
        .map(|index| match index {
            0 => FULL,
            _ => {
                usize::try_from((seed + index - 1) % others).ok().and_then(|at| OTHERS.get(at)).copied().unwrap_or(FULL)
            }
        })
        .collect()
}
