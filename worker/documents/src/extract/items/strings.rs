//! Lists of values that are no objects: a list, what follows a label, a column of a table.

use super::reading;
use super::sheet::{self, Cell};
use super::{Context, Leaf, MAX_ROWS, Origin, Row};
use crate::matching::Matcher;
use crate::schema::Field;
use crate::view::{Relation, Span, View};

/// A label, a heading or a header names the list from here on.
const MIN_NAMED: f32 = 0.6;
/// How sure a value is at the most.
const SURE: f32 = 0.9;
/// How sure lines are that stand below the heading but are no list.
const PARAGRAPHS: f32 = 0.6;
/// Lines that are looked at: some 200 pages.
const MAX_LINES: usize = 12_000;

pub(super) fn rows(view: &View, named: &Matcher, item: &Field, context: &Context<'_>) -> Vec<Row> {
    let found = below_headings(view, named, context)
        .or_else(|| after_label(view, named, context))
        .or_else(|| column(view, named, context));
    let Some((cells, sure)) = found else { return Vec::new() };
    let rows = cells.iter().filter_map(|cell| {
        let reading = reading::read(item, &cell.text, context.locale)?;
        let spans = cell.part(view, reading.start, reading.end).spans;
        let confidence = sure.min(SURE) * reading.confidence;
        let origin = Origin::Text(spans);
        Some(Row { leaves: vec![Leaf { suffix: String::new(), value: reading.value, origin, confidence }] })
    });
    rows.take(MAX_ROWS).collect()
}

/// The list below the heading, or the line with a colon, that names it best; else the lines below such a heading.
fn below_headings(view: &View, named: &Matcher, context: &Context<'_>) -> Option<(Vec<Cell>, f32)> {
    let is_title = |line: usize| {
        view.lines.get(line).is_some_and(|line| line.heading.is_some() || line.text.trim_end().ends_with([':', '：']))
    };
    let titles = (0..view.lines.len().min(MAX_LINES)).filter(|&line| is_title(line));
    let scored = titles.map(|line| (line, named.score(view.text(view.whole(line)), context.embedder)));
    let (title, score) = scored.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, score)| *score >= MIN_NAMED)?;
    let below = (title + 1..view.lines.len()).take_while(|&line| !is_title(line)).take(MAX_ROWS);
    let lines: Vec<usize> = below.collect();
    let is_item = |line: &&usize| view.lines.get(**line).is_some_and(|line| line.is_item);
    let items: Vec<usize> = lines.iter().filter(is_item).copied().collect();
    let (lines, sure) = if items.is_empty() { (lines, PARAGRAPHS * score) } else { (items, score) };
    let cells: Vec<Cell> = lines.into_iter().map(|line| Cell::of(view, vec![bare(view, line)])).collect();
    (!cells.is_empty()).then_some((cells, sure))
}

/// A line without the mark of a list that it may begin with.
fn bare(view: &View, line: usize) -> Span {
    let span = view.whole(line);
    let text = view.text(span);
    let rest = text.trim_start_matches(['•', '·', '-', '–', '—', '*', '▪', '◦', '‣', '●', ' ']);
    Span { start: span.end - rest.len(), ..span }
}

/// What stands after a label on its line, parted by commas or semicolons.
fn after_label(view: &View, named: &Matcher, context: &Context<'_>) -> Option<(Vec<Cell>, f32)> {
    let pairs = view.pairs();
    let beside = pairs.iter().filter(|pair| matches!(pair.relation, Relation::Colon | Relation::Left));
    let scored = beside.map(|pair| (pair.value, named.score(view.text(pair.label), context.embedder) * pair.nearness));
    let (value, score) = scored.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, score)| *score >= MIN_NAMED)?;
    let text = view.text(value);
    let sign = if text.contains(';') { ';' } else { ',' };
    let mut start = value.start;
    let mut cells = Vec::new();
    for part in text.split(sign) {
        let from = start + part.len() - part.trim_start().len();
        let span = Span { line: value.line, start: from, end: from + part.trim().len() };
        start += part.len() + sign.len_utf8();
        if span.start < span.end {
            cells.push(Cell::of(view, vec![span]));
        }
    }
    (!cells.is_empty()).then_some((cells, score))
}

/// The cells of the column whose header names the list.
fn column(view: &View, named: &Matcher, context: &Context<'_>) -> Option<(Vec<Cell>, f32)> {
    let sheets = sheet::of_grids(view);
    let heads = sheets.iter().flat_map(|sheet| sheet.heads.iter().enumerate().map(move |head| (sheet, head)));
    let scored = heads
        .filter(|(_, (_, head))| !head.is_blank())
        .map(|(sheet, (column, head))| (sheet, column, named.score(&head.text, context.embedder)));
    let best = scored.max_by(|a, b| a.2.total_cmp(&b.2)).filter(|(.., score)| *score >= MIN_NAMED);
    let (sheet, column, score) = best?;
    let cells: Vec<Cell> = sheet.column(column).flatten().filter(|cell| !cell.is_blank()).cloned().collect();
    (!cells.is_empty()).then_some((cells, score))
}
