//! The best assignment of columns to fields, one to one.

/// How often the assignment is gone over for swaps that better it: it seldom takes a second time.
const MAX_ROUNDS: usize = 8;

/// For each field (row of the scores) the column with which the sum of all scores is as large as swaps of two make it.
/// Scores of 0 are never assigned.
pub(super) fn best(scores: &[Vec<f32>], columns: usize) -> Vec<Option<usize>> {
    let score = |field: usize, column: Option<usize>| -> f32 {
        column.and_then(|column| scores.get(field)?.get(column).copied()).unwrap_or(0.0)
    };
    let mut chosen = greedy(scores, columns);
    for _ in 0..MAX_ROUNDS {
        let mut is_better = false;
        for field in 0..scores.len() {
            // A free column.
            for column in (0..columns).map(Some) {
                let own = chosen.get(field).copied().flatten();
                let holder = chosen.iter().position(|other| *other == column);
                let gain = match holder {
                    Some(holder) if holder == field => continue,
                    Some(holder) => {
                        score(field, column) + score(holder, own) - score(field, own) - score(holder, column)
                    }
                    None => score(field, column) - score(field, own),
                };
                if gain > 1e-4 {
                    if let Some(held) = holder.and_then(|holder| chosen.get_mut(holder)) {
                        *held = own;
                    }
                    if let Some(held) = chosen.get_mut(field) {
                        *held = column;
                    }
                    is_better = true;
                }
            }
        }
        if !is_better {
            break;
        }
    }
    (0..).zip(chosen).map(|(field, column)| column.filter(|_| score(field, column) > 0.0)).collect()
}

/// The best pair first, then the best of what is left.
fn greedy(scores: &[Vec<f32>], columns: usize) -> Vec<Option<usize>> {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (field, row) in scores.iter().enumerate() {
        pairs.extend(
            row.iter().enumerate().filter(|(_, score)| **score > 0.0).map(|(column, score)| (*score, field, column)),
        );
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut chosen = vec![None; scores.len()];
    let mut is_taken = vec![false; columns];
    for (_, field, column) in pairs {
        if let (Some(free @ None), Some(taken @ false)) = (chosen.get_mut(field), is_taken.get_mut(column)) {
            *free = Some(column);
            *taken = true;
        }
    }
    chosen
}
