//! Tables as lists of objects.

use std::collections::BTreeSet;
use std::ops::Range;

use super::form::Form;
use super::{Seen, Shape, merge, name};
use crate::lexicon::Concept;
use crate::value::{Kind, Locale};
use crate::view::{Grid, View};

/// Tables that are looked at.
const MAX_TABLES: usize = 50;
/// Columns of a list.
const MAX_COLUMNS: usize = 40;
/// Rows that are looked at for the types of their cells.
const MAX_ROWS: u32 = 200;
/// Lines above a table among which its heading is looked for.
const LINES_ABOVE: usize = 2;

/// What the tables of a document are.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) lists: Vec<Seen>,
    /// The lines of their headers and rows; not those of totals below them.
    pub(super) cells: BTreeSet<usize>,
}

pub(super) fn tables(view: &View, locale: &Locale) -> Tables {
    let mut tables = Tables::default();
    for grid in view.grids.iter().take(MAX_TABLES) {
        let Some(list) = List::of(view, grid, locale) else { continue };
        tables.cells.extend(list.cells);
        // A table that goes on over the page is one list.
        match tables.lists.iter_mut().find(|known| known.name == list.seen.name) {
            Some(known) => merge::add(known, list.seen),
            None => tables.lists.push(list.seen),
        }
    }
    tables
}

struct List {
    seen: Seen,
    cells: Vec<usize>,
}

impl List {
    fn of(view: &View, grid: &Grid, locale: &Locale) -> Option<Self> {
        let header = grid.header_rows.max(1);
        let columns: Vec<Column> = grid
            .row(header)
            .take(MAX_COLUMNS)
            .filter_map(|(column, lines)| Column::of(column, &text(view, lines)))
            .collect();
        let rows: Vec<u32> = (header + 1..=grid.rows.min(header.saturating_add(MAX_ROWS)))
            .filter(|row| is_item(view, grid, &columns, *row))
            .collect();
        let is_told = grid.header_rows > 0 || columns.iter().filter(|column| column.concept.is_some()).count() >= 2;
        if columns.len() < 2 || rows.is_empty() || !is_told {
            return None;
        }
        let fields: Vec<(Seen, bool)> =
            columns.iter().filter_map(|column| column.field(view, grid, &rows, locale)).collect();
        let fields = without_doubles(fields);
        if fields.len() < 2 {
            return None;
        }
        let concepts: Vec<Concept> = fields.iter().filter_map(|(field, _)| field.concept).collect();
        let heading = heading(view, grid);
        let name = by_content(&concepts).map(str::to_owned);
        if name.is_none() && is_form(view, grid) {
            return None;
        }
        // One row under labels that are known ("Invoice no | Due date") are fields of the document.
        if rows.len() == 1 && name.is_none() && 2 * concepts.len() > fields.len() {
            return None;
        }
        let name = name.or_else(|| name::of_label(heading.as_deref()?)).unwrap_or_else(|| "rows".to_owned());
        let labels = heading.into_iter().collect();
        let cells = (1..=header).chain(rows).flat_map(|row| grid.row(row)).flat_map(|(_, lines)| lines).collect();
        Some(Self { seen: Seen { name, labels, concept: None, shape: Shape::Rows(fields), is_usual: false }, cells })
    }
}

struct Column {
    number: u32,
    label: String,
    concept: Option<Concept>,
}

impl Column {
    fn of(number: u32, text: &str) -> Option<Self> {
        let label = name::label(text)?.to_owned();
        let concept = name::concept(&label).map(in_a_row);
        Some(Self { number, label, concept })
    }

    fn field(&self, view: &View, grid: &Grid, rows: &[u32], locale: &Locale) -> Option<(Seen, bool)> {
        let texts: Vec<String> = rows.iter().map(|row| text(view, grid.cell(*row, self.number))).collect();
        let filled: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let form_of = |concept| filled.iter().map(|text| Form::of(text, concept, locale)).collect::<Option<Vec<_>>>();
        let (concept, forms) = match form_of(self.concept) {
            Some(forms) => (self.concept, forms),
            None => (None, form_of(None)?),
        };
        let form = forms.into_iter().reduce(Form::or)?;
        let name = self.concept.map(|concept| concept.name().to_owned()).or_else(|| name::of_label(&self.label))?;
        let is_always = filled.len() == texts.len();
        Some((
            Seen { name, labels: vec![self.label.clone()], concept, shape: Shape::One(form), is_usual: false },
            is_always,
        ))
    }
}

/// In a row of a list a total is that of the row.
fn in_a_row(concept: Concept) -> Concept {
    match concept {
        Concept::Total | Concept::Subtotal | Concept::AmountDue => Concept::LineAmount,
        other => other,
    }
}

fn text(view: &View, lines: Range<usize>) -> String {
    let lines = lines.filter_map(|line| view.lines.get(line));
    lines.map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether a table is labels with their values beside them: what stands in its first column means something, row by row.
fn is_form(view: &View, grid: &Grid) -> bool {
    let firsts = (1..=grid.rows.min(MAX_ROWS)).filter_map(|row| grid.row(row).next());
    let texts: Vec<String> = firsts.map(|(_, lines)| text(view, lines)).collect();
    let known = texts.iter().filter(|text| name::label(text).and_then(name::concept).is_some()).count();
    known > 1 && 2 * known > texts.len()
}

/// Whether a row is an item: it fills most columns, and is not a total of those above it. One cell over all columns is a
/// heading within the table.
fn is_item(view: &View, grid: &Grid, columns: &[Column], row: u32) -> bool {
    let starts: BTreeSet<usize> = columns
        .iter()
        .map(|column| grid.cell(row, column.number))
        .filter(|lines| !lines.is_empty())
        .map(|lines| lines.start)
        .collect();
    let is_sum = |lines: &Range<usize>| {
        let concept = name::label(&text(view, lines.clone())).and_then(name::concept);
        concept.is_some_and(|concept| concept.kind() == Kind::Money)
    };
    let is_total = starts.len() < columns.len() && grid.row(row).any(|(_, lines)| is_sum(&lines));
    2 * starts.len() > columns.len() && !is_total
}

/// What stands right above a table, if that may be its name.
fn heading(view: &View, grid: &Grid) -> Option<String> {
    let (_, first) = grid.row(1).next()?;
    let above = view.lines.get(first.start.saturating_sub(LINES_ABOVE)..first.start)?;
    let line = above.iter().rev().find(|line| line.cell.is_none() && line.heading.is_some())?;
    name::label(&line.text).map(str::to_owned)
}

/// The usual names of lists that have these columns.
fn by_content(concepts: &[Concept]) -> Option<&'static str> {
    let has = |wanted: &[Concept]| concepts.iter().any(|concept| wanted.contains(concept));
    let is_account =
        has(&[Concept::Debit, Concept::Credit, Concept::Balance, Concept::BookingDate, Concept::ValueDate]);
    let is_line = has(&[Concept::Description, Concept::Sku, Concept::ItemNumber])
        && has(&[Concept::Quantity, Concept::UnitPrice, Concept::LineAmount, Concept::Amount]);
    let is_priced = has(&[Concept::Quantity]) && has(&[Concept::UnitPrice, Concept::LineAmount]);
    if is_account {
        Some("transactions")
    } else if is_line || is_priced {
        Some("line_items")
    } else if has(&[Concept::Tax, Concept::TaxRate]) {
        Some("taxes")
    } else {
        None
    }
}

/// Of columns that mean the same the later ones have their own words for names.
fn without_doubles(fields: Vec<(Seen, bool)>) -> Vec<(Seen, bool)> {
    let mut kept: Vec<(Seen, bool)> = Vec::with_capacity(fields.len());
    for (mut field, is_always) in fields {
        let is_taken = |name: &str| kept.iter().any(|(known, _)| known.name == name);
        if is_taken(&field.name) {
            let own = field.labels.first().and_then(|label| name::of_label(label));
            let Some(own) = own.filter(|own| !is_taken(own)) else { continue };
            field.name = own;
        }
        kept.push((field, is_always));
    }
    kept
}
