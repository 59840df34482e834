//! How well the labels around a value name a field.

use super::leaf::Leaf;
use super::legend::Legends;
use super::party::is_known_label;
use super::pass::Pass;
use super::rated;
use super::reading::Reading;
use super::tabled::Place;
use super::want::Want;
use crate::embed::Embedder;
use crate::value::Kind;
use crate::view::{Label, Relation, Span, View};

/// What a label is worth by where it stands. Set by hand with the tuning family in view.
fn strength(relation: Relation) -> f32 {
    match relation {
        Relation::Colon => 1.0,
        Relation::Left => 0.97,
        Relation::Before | Relation::Above | Relation::Previous => 0.92,
        Relation::RowHeader => 0.9,
        Relation::ColumnHeader => 0.92,
        Relation::Under => 0.85,
        Relation::Heading => 0.5,
    }
}

/// How much a nearer label that names something else takes from those farther off.
fn hold(relation: Relation) -> f32 {
    match relation {
        Relation::Colon => 0.85,
        Relation::Left => 0.5,
        Relation::Before => 0.45,
        Relation::RowHeader | Relation::ColumnHeader => 0.25,
        Relation::Above | Relation::Under | Relation::Previous | Relation::Heading => 0.0,
    }
}

/// What a column header of a table with several rows is worth for a field that has one value: it names items, as does
/// what is sold in a row, and the first words of a text before what may be a name.
const OF_ITEMS: f32 = 0.4;

/// What the header of a column is worth for the sum under it.
const SUMMED: f32 = 0.94;

/// Farther than any line reaches, and how far the next row of a table stands, in heights of a line.
const ANYWHERE: f32 = 1e6;
const NEXT_ROW: f32 = 2.0;

/// How well a label over a value must name the field to settle it against what stands beside the value.
const TOLD: f32 = 0.8;

/// What a label is worth that is a piece of a sentence: "our office stays closed until".
const FRAGMENT: f32 = 0.55;

/// How well labels name a field.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Named {
    /// From 0 to 1.
    pub(crate) score: f32,
    /// How strongly the nearest label says that it is something else.
    pub(crate) claimed: f32,
}

/// How well the labels of a value name the field.
pub(crate) fn named(
    reading: &Reading,
    value: Span,
    labels: &[Label],
    leaf: &Leaf<'_>,
    pass: Pass,
    embedder: Option<&Embedder>,
    place: Place,
) -> Named {
    let view = &reading.view;
    let is_of_items = place != Place::Free;
    let mut named = Named::default();
    let is_percent =
        view.text(value).ends_with('%') && leaf.concept.is_some_and(|concept| concept.kind() == Kind::Percent);
    // A label over a value that names the field leaves nothing to what stands beside, unless that is a label too.
    let is_told = labels.iter().any(|label| {
        matches!(label.relation, Relation::Above | Relation::ColumnHeader)
            && !(label.relation == Relation::ColumnHeader && is_of_items)
            && leaf.named_by(view.text(label.span), None) >= TOLD
    });
    let is_headed = !is_of_items && is_headed(view, labels);
    let of_sums = if is_of_items { rated::header(view, value.line, labels) } else { None };
    if let Some(header) = of_sums {
        return Named { score: SUMMED * leaf.named_by(view.text(header.span), None), claimed: 0.0 };
    }
    for label in labels {
        let is_far = matches!(label.relation, Relation::Left | Relation::Above | Relation::RowHeader);
        if is_far && !pass.has_geometry || is_told_otherwise(&reading.legends, value.line, label) {
            continue;
        }
        let embedder = embedder.filter(|_| pass.has_embeddings);
        let text = view.text(label.span);
        let mut fit = leaf.named_by(text, embedder);
        if is_percent {
            // "VAT 20 %" names the rate, not the tax.
            fit = fit.max(leaf.named_by(&format!("{text} %"), embedder));
        }
        let mut strength = strength(label.relation) * label.nearness;
        if is_fragment(view, label) {
            strength *= FRAGMENT;
        }
        let is_of_item = match label.relation {
            Relation::ColumnHeader => true,
            Relation::Left | Relation::RowHeader => {
                place == Place::Item && !reading.legends.is_label_of_one(view, label.span.line) && !is_known_label(text)
            }
            // "Bank credit Emily Sallow" names no bank, though "VAT 20 %" under the items names the rate.
            Relation::Before => leaf.want == Want::Name,
            _ => false,
        };
        let is_of_column = label.relation == Relation::Above && is_above_column(reading, value, label);
        if is_of_items && is_of_item || is_of_column {
            strength *= OF_ITEMS;
        }
        named.score = named.score.max(fit * strength * (1.0 - named.claimed));
        let is_neighbor = is_told && label.relation == Relation::Left && !is_known_label(text)
            || is_headed && is_value_beside(text, label);
        if !is_code(text) && !is_neighbor {
            named.claimed = named.claimed.max(hold(label.relation) * label.nearness * (1.0 - fit));
        }
    }
    named
}

/// Whether what stands before a value is cut out of a sentence, which goes on from before it.
fn is_fragment(view: &View, label: &Label) -> bool {
    let Some(line) = view.lines.get(label.span.line).filter(|_| label.relation == Relation::Before) else {
        return false;
    };
    if !view.text(label.span).starts_with(char::is_lowercase) {
        return false;
    }
    let before = line.text.get(..label.span.start).unwrap_or_default().trim_end();
    let previous = label.span.line.checked_sub(1).and_then(|previous| view.lines.get(previous));
    let goes_on = previous.is_some_and(|previous| {
        previous.block == line.block && previous.cell == line.cell && previous.text.split_whitespace().count() >= LONG
    });
    before.ends_with(char::is_alphanumeric) && line.text.split_whitespace().count() >= LONG
        || before.is_empty() && goes_on
}

/// Words of a line that is of a sentence.
const LONG: usize = 7;

/// Whether where they stand tells that one line is no label of the other: it is itself a value, or the other has its own.
fn is_told_otherwise(legends: &Legends, value: usize, label: &Label) -> bool {
    let line = label.span.line;
    let is_beside =
        matches!(label.relation, Relation::Left | Relation::Above | Relation::Previous | Relation::RowHeader);
    let own = legends.labels(value);
    is_beside && line != value && (legends.is_value(line) || !own.is_empty() && !own.contains(&line))
}

/// Whether a label stands over a column of amounts, in a row of labels over rows of as many pieces: it is of items, or
/// of each rate of a tax.
fn is_above_column(reading: &Reading, value: Span, label: &Label) -> bool {
    let view = &reading.view;
    let is_amount = |line: usize| {
        reading.values_of(line).iter().any(|typed| matches!(typed.value.kind(), Kind::Money | Kind::Number))
    };
    let in_row = |line: usize| {
        let left = view.next_left(line, ANYWHERE);
        let right = view.next_right(line, ANYWHERE);
        let farther = left.and_then(|left| view.next_left(left, ANYWHERE));
        usize::from(left.is_some()) + usize::from(right.is_some()) + usize::from(farther.is_some())
    };
    is_amount(value.line)
        && view.next_below(value.line, NEXT_ROW).is_some_and(|below| is_amount(below) && in_row(below) > 1)
        && in_row(value.line) > 1
        && in_row(label.span.line) > 1
}

/// Whether a header of the column is known to name what stands under it.
fn is_headed(view: &View, labels: &[Label]) -> bool {
    let mut headers = labels.iter().filter(|label| label.relation == Relation::ColumnHeader);
    headers.any(|label| is_known_label(view.text(label.span)))
}

/// Whether a cell beside a value is another value, not its label: in a row of values under a row of labels.
fn is_value_beside(text: &str, label: &Label) -> bool {
    matches!(label.relation, Relation::Left | Relation::RowHeader) && !is_known_label(text)
}

/// Whether a text is a code, and so no name of what stands beside it: the number in the row of a date.
fn is_code(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && !text.trim().contains(char::is_whitespace)
}
