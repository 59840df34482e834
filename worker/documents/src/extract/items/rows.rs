//! From the rows of a sheet to those of a list: without sums and repeated headers, texts of several lines joined.

use super::columns::Plan;
use super::reading;
use super::sheet::{Cell, Sheet, is_same_row};
use super::{Context, Leaf, Origin, Row, Wanted};
use crate::extract::arithmetic::{self, is_product};
use crate::matching::words;
use crate::schema::Kind;
use crate::value::Decimal;
use crate::view::View;

/// The share of the confidence in a column that a cell of it cannot lose.
const READ_AT_LEAST: f32 = 0.55;
/// A column that scores this much is as sure as it can be.
const SURE_COLUMN: f32 = 0.75;
/// How sure figures are that come to one another.
const BORNE_OUT: f32 = 0.98;
/// How sure a figure is that follows from two others of its row.
const DERIVED: f32 = 0.8;
/// What is left of the confidence in figures that do not come to one another.
const CONTRADICTED: f32 = 0.8;
/// A sum is held against that of at most this many rows.
const MAX_SUMMED: usize = 2_000;

/// The rows of a sheet by a plan.
pub(super) fn of_sheet(
    view: &View,
    sheet: &Sheet,
    plan: &Plan,
    wanted: &[Wanted<'_>],
    context: &Context<'_>,
) -> Vec<Row> {
    let kept = Kept::of(sheet, plan, wanted, context);
    let mut rows = Vec::with_capacity(kept.rows.len());
    for cells in kept.rows {
        let mut row = Row::default();
        for (leaf, (column, score)) in
            wanted.iter().zip(&plan.chosen).filter_map(|(leaf, chosen)| Some((leaf, (*chosen)?)))
        {
            let Some(cell) = cells.get(column).filter(|cell| !cell.is_blank()) else { continue };
            row.leaves.extend(leaf_of(view, leaf, cell, score, context));
        }
        settle(&mut row, plan, wanted);
        if !row.leaves.is_empty() {
            rows.push(row);
        }
    }
    rows
}

fn leaf_of(view: &View, leaf: &Wanted<'_>, cell: &Cell, score: f32, context: &Context<'_>) -> Option<Leaf> {
    let reading = reading::read(leaf.field, &cell.text, context.locale)?;
    let spans = cell.part(view, reading.start, reading.end).spans;
    let text = spans.iter().filter_map(|span| view.lines.get(span.line)).map(|line| line.score).fold(1.0, f32::min);
    let column = READ_AT_LEAST + (1.0 - READ_AT_LEAST) * (score / SURE_COLUMN).min(1.0);
    let confidence = reading.confidence * column * text;
    (!spans.is_empty()).then(|| Leaf {
        suffix: leaf.suffix.clone(),
        value: reading.value,
        origin: Origin::Text(spans),
        confidence,
    })
}

/// Rows that are items.
struct Kept {
    rows: Vec<Vec<Cell>>,
}

impl Kept {
    fn of(sheet: &Sheet, plan: &Plan, wanted: &[Wanted<'_>], context: &Context<'_>) -> Self {
        let columns: Vec<usize> = plan.chosen.iter().flatten().map(|(column, _)| *column).collect();
        let texts: Vec<usize> = plan
            .chosen
            .iter()
            .zip(wanted)
            .filter(|(_, leaf)| matches!(leaf.field.kind, Kind::Text { .. } | Kind::Any))
            .filter_map(|(chosen, _)| chosen.map(|(column, _)| column))
            .collect();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut sums = Sums::of(sheet.heads.len());
        let mut usual = 0;
        for cells in &sheet.body {
            if is_same_row(cells, &sheet.heads) {
                continue;
            }
            let filled =
                columns.iter().filter(|&&column| cells.get(column).is_some_and(|cell| !cell.is_blank())).count();
            if filled == 0 {
                continue;
            }
            let is_short = filled < usual.max(2).min(columns.len());
            if !rows.is_empty() && is_end(cells) {
                break;
            }
            if is_sum(cells, filled, &columns, context)
                || (is_short && rows.len() > 1 && sums.is_reached(cells, context))
            {
                continue;
            }
            let only_text = texts.iter().find(|&&column| is_alone(cells, column));
            match (only_text, rows.last_mut()) {
                // More of the text above.
                (Some(&column), Some(last)) if usual > 1 && is_more(cells.get(column)) => {
                    if let (Some(above), Some(more)) = (last.get_mut(column), cells.get(column)) {
                        above.append(more);
                    }
                }
                // The title of what is below.
                (Some(_), _) if columns.len() > 2 || (columns.len() == 2 && usual == 1) => {}
                _ => {
                    usual = usual.max(filled.saturating_sub(1));
                    sums.add(cells, context);
                    rows.push(cells.clone());
                }
            }
        }
        Self { rows }
    }
}

/// Whether a row says what there is after all items: what comes below it is another matter.
fn is_end(cells: &[Cell]) -> bool {
    let label = cells.iter().find(|cell| cell.text.chars().any(char::is_alphabetic));
    let role = label.and_then(|label| arithmetic::Role::of_label(&label.text));
    role.is_some_and(|(role, score)| role == arithmetic::Role::Balance && score > 0.9)
}

/// Whether nothing else stands in the row.
fn is_alone(cells: &[Cell], column: usize) -> bool {
    cells.iter().enumerate().all(|(other, cell)| (other == column) != cell.is_blank())
}

/// Whether a text goes on with the one above: no title, which ends in a colon or shouts.
fn is_more(cell: Option<&Cell>) -> bool {
    cell.is_some_and(|cell| {
        let text = cell.text.trim();
        !text.contains(':') && text.chars().any(char::is_lowercase)
    })
}

/// Words that rows of sums begin with, folded, where the lexicon has no more to say.
const SUMS: &[&str] = &[
    "total",
    "subtotal",
    "totaux",
    "totale",
    "summe",
    "zwischensumme",
    "gesamtbetrag",
    "gesamtsumme",
    "gesamt",
    "somme",
    "suma",
    "importe",
    "endbetrag",
    "nettobetrag",
    "bruttobetrag",
    "sum",
    "grand",
    "sub",
    "sou",
    "subtotale",
    "zahlbetrag",
    "rechnungsbetrag",
];

/// Whether a row is a sum of others: it is called so, and is not filled as an item is.
fn is_sum(cells: &[Cell], filled: usize, columns: &[usize], context: &Context<'_>) -> bool {
    let Some(label) = cells.iter().find(|cell| cell.text.chars().any(char::is_alphabetic)) else { return false };
    let has_figure = cells.iter().any(|cell| reading::number(&cell.text, context.locale).is_some());
    if !has_figure || (filled == columns.len() && columns.len() > 2) {
        return false;
    }
    let label = match reading::number(&label.text, context.locale) {
        Some((_, start, ..)) if start > 0 => label.text.get(..start).unwrap_or_default(),
        _ => label.text.as_str(),
    };
    is_sum_label(label)
}

/// Whether a text is what a sum is called.
pub(super) fn is_sum_label(text: &str) -> bool {
    let words = words::of_text(text);
    let is_called = words.first().is_some_and(|word| SUMS.contains(&word.text.as_str()));
    is_called || arithmetic::Role::of_label(text).is_some_and(|(role, score)| score > 0.8 && role.is_of_document())
}

/// The sums of the columns so far.
struct Sums {
    columns: Vec<Option<Decimal>>,
    rows: usize,
}

impl Sums {
    fn of(columns: usize) -> Self {
        Self { columns: vec![None; columns], rows: 0 }
    }

    fn add(&mut self, cells: &[Cell], context: &Context<'_>) {
        self.rows += 1;
        if self.rows > MAX_SUMMED {
            return;
        }
        for (sum, cell) in self.columns.iter_mut().zip(cells) {
            if let Some((figure, ..)) = reading::number(&cell.text, context.locale).filter(|(.., sure)| *sure > 0.9) {
                *sum = sum.unwrap_or(Decimal::ZERO).plus(figure);
            }
        }
    }

    /// Whether a figure of the row is the sum of those above it.
    fn is_reached(&self, cells: &[Cell], context: &Context<'_>) -> bool {
        self.rows <= MAX_SUMMED
            && self.columns.iter().zip(cells).any(|(sum, cell)| {
                sum.filter(|sum| !sum.is_zero()).is_some_and(|sum| {
                    reading::number(&cell.text, context.locale).is_some_and(|(figure, ..)| figure == sum)
                })
            })
    }
}

/// Quantity, price and amount of a row held against one another; one that its cell lacks follows from the others.
fn settle(row: &mut Row, plan: &Plan, wanted: &[Wanted<'_>]) {
    let Some(product) = plan.product else { return };
    let place = |column: usize| {
        let holds = |chosen: &Option<(usize, f32)>| chosen.is_some_and(|(own, _)| own == column);
        wanted.get(plan.chosen.iter().position(holds)?)
    };
    let parts = [product.quantity, product.price, product.amount].map(place);
    let [Some(quantity), Some(price), Some(amount)] = parts else { return };
    let figure = |leaf: &Wanted<'_>| {
        let found = row.leaves.iter().find(|found| found.suffix == leaf.suffix)?;
        Decimal::parse(&found.value.to_string())
    };
    match [quantity, price, amount].map(figure) {
        [Some(quantity_figure), Some(price_figure), Some(amount_figure)] => {
            let is_true = is_product(quantity_figure, price_figure, amount_figure);
            for leaf in &mut row.leaves {
                if [quantity, price, amount].iter().any(|part| part.suffix == leaf.suffix) {
                    leaf.confidence =
                        if is_true { leaf.confidence.max(BORNE_OUT) } else { CONTRADICTED * leaf.confidence };
                }
            }
        }
        [Some(quantity_figure), Some(price_figure), None] => {
            let scale = price_figure.scale().max(2);
            let Some(derived) = quantity_figure.times(price_figure).map(|derived| derived.rounded(scale)) else {
                return;
            };
            let Kind::Number { integer, .. } = amount.field.kind else { return };
            let Some(value) = reading::as_json(derived, integer) else { return };
            let from = vec![quantity.suffix.clone(), price.suffix.clone()];
            row.leaves.push(Leaf {
                suffix: amount.suffix.clone(),
                value,
                origin: Origin::Derived { rule: "product", from },
                confidence: DERIVED,
            });
        }
        _ => {}
    }
}
