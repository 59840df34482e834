//! How far apart two sequences are.

use std::collections::HashMap;
use std::hash::Hash;

/// The share of `wanted` that is in `read`, each as often as it is there at most.
#[expect(clippy::cast_precision_loss, reason = "words of a document of a few pages")]
pub(super) fn found<T: Eq + Hash>(wanted: &[T], read: &[T]) -> f64 {
    let mut left: HashMap<&T, usize> = HashMap::new();
    for one in read {
        *left.entry(one).or_default() += 1;
    }
    let count = wanted.iter().filter(|one| left.get_mut(one).is_some_and(take)).count();
    count as f64 / wanted.len().max(1) as f64
}

const fn take(left: &mut usize) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

/// What has to be inserted, deleted or replaced to get from one to the other, by the length of `wanted`.
#[expect(clippy::cast_precision_loss, reason = "characters of a document of a few pages")]
pub(super) fn share_of_edits<T: Eq>(wanted: &[T], read: &[T]) -> f64 {
    let mut costs: Vec<usize> = (0..=read.len()).collect();
    for (row, one) in wanted.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut costs[0], row + 1);
        for (column, other) in read.iter().enumerate() {
            let replaced = diagonal + usize::from(one != other);
            diagonal = costs[column + 1];
            costs[column + 1] = replaced.min(diagonal + 1).min(costs[column] + 1);
        }
    }
    costs[read.len()] as f64 / wanted.len().max(1) as f64
}

#[test]
fn an_edit_is_an_insertion_a_deletion_or_a_replacement() {
    let edits = |wanted: &str, read: &str| {
        share_of_edits(&wanted.chars().collect::<Vec<_>>(), &read.chars().collect::<Vec<_>>())
    };
    assert!((edits("kitten", "sitting") - 0.5).abs() < 1e-9);
    assert!((edits("ab", "") - 1.0).abs() < 1e-9);
    assert!((found(&["a", "a", "b"], &["a", "c"]) - 1.0 / 3.0).abs() < 1e-9);
}
