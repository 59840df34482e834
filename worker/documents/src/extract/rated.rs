//! Rows of sums: the last one of a table by rates, whose columns say what each sum is of.
//!
//! ```text
//! Rate      Net     VAT    Gross
//! 5 %     16.38    0.90    17.28
//! 20 %    15.54    3.11    18.65
//! Total   31.92    4.01    35.93
//! ```

use super::arithmetic::Role;
use crate::lexicon::{self, Concept};
use crate::view::{Label, Relation, View};

/// How well the lexicon knows a header, and the word for a sum.
const KNOWN: f32 = 0.85;

/// The header over a value in a row of sums, if the headers of its table are those of base, tax and total.
pub(super) fn header(view: &View, line: usize, labels: &[Label]) -> Option<Label> {
    let own = labels.iter().find(|label| label.relation == Relation::ColumnHeader)?;
    let grid = view.grid_of(line)?;
    let place = view.lines.get(line)?.cell?;
    let (_, first) = grid.row(place.row).next()?;
    let is_sum = first.clone().any(|line| view.as_label(line).is_some_and(|label| is_sum(view.text(label))));
    let roles = |row: u32| {
        let lines = grid.row(row).flat_map(|(_, lines)| lines);
        lines.filter_map(|line| role(view.text(view.as_label(line)?))).collect::<Vec<_>>()
    };
    let headers = roles(1);
    let is_by_rate =
        headers.contains(&Role::Tax) && (headers.contains(&Role::Subtotal) || headers.contains(&Role::Total));
    let is_items = headers.iter().any(|role| matches!(role, Role::Quantity | Role::UnitPrice));
    (is_sum && is_by_rate && !is_items && !first.contains(&line)).then_some(*own)
}

fn role(label: &str) -> Option<Role> {
    Role::of_label(label).filter(|(_, score)| *score >= KNOWN).map(|(role, _)| role)
}

fn is_sum(label: &str) -> bool {
    lexicon::concepts_of_label(label).iter().any(|(concept, score)| *concept == Concept::Total && *score >= KNOWN)
}
