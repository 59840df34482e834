//! Tables in the HTML tree.

use std::rc::Rc;

use markup5ever_rcdom::Node;

use super::{tree, walk};
use crate::document::{Block, Cell, Content, Item, Line, Table};
use crate::error::Error;
use crate::limits::Limits;

/// The largest spans that the HTML standard allows.
const MAX_COLSPAN: u32 = 1_000;
const MAX_ROWSPAN: u32 = 65_534;

/// Whether a table only places its content: it says so, it holds other tables, or it has a single column.
pub(super) fn is_for_layout(table: &Rc<Node>) -> bool {
    let says_so = tree::attribute(table, "role").is_some_and(|role| matches!(role.trim(), "presentation" | "none"));
    let rows = rows(table);
    let columns = rows.iter().map(|row| cells(row).len()).max().unwrap_or(0);
    says_so || columns < 2 || rows.iter().any(|row| tree::find(row, "table").is_some())
}

/// Reads the cells with their spans. Rows at the top that are in the head, or whose cells all are headers, are the
/// header.
pub(super) fn read(node: &Rc<Node>, limits: &Limits) -> Result<Table, Error> {
    let mut table = Table::default();
    let head: usize = tree::children(node, &["thead"]).iter().map(|head| tree::children(head, &["tr"]).len()).sum();
    let rows = rows(node);
    let headers = rows.iter().enumerate().take_while(|(at, row)| *at < head || is_header(row)).count();
    // For each column, how many more rows a cell above reaches into.
    let mut reached: Vec<u32> = Vec::new();
    for (row, source) in rows.iter().enumerate() {
        let left = count(rows.len() - row);
        let row = count(row);
        let mut column = 0;
        for cell in cells(source) {
            column = skip_reached(column, &reached);
            let column_span = span(&cell, "colspan", MAX_COLSPAN);
            // Of 0 rows means to the end.
            let row_span = span(&cell, "rowspan", MAX_ROWSPAN).min(left);
            let lines = lines(walk::blocks(&cell, limits)?);
            table.push(Cell { row_span, column_span, ..Cell::new(row, column, lines) }, limits)?;
            let covered = column as usize..(column + column_span) as usize;
            reached.resize(reached.len().max(covered.end), 0);
            reached[covered].fill(row_span);
            column += column_span;
        }
        table.reach_row(row);
        reached.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
    table.header_rows = count(headers);
    Ok(table)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn skip_reached(column: u32, reached: &[u32]) -> u32 {
    let free = reached.iter().skip(column as usize).take_while(|rows| **rows > 0).count();
    column + count(free)
}

fn span(cell: &Node, name: &str, max: u32) -> u32 {
    let value = tree::attribute(cell, name).and_then(|value| value.trim().parse::<u32>().ok());
    match value {
        Some(0) if name == "rowspan" => max,
        value => value.unwrap_or(1).clamp(1, max),
    }
}

/// All rows in the order of the source. The parser has put every row into a section already.
fn rows(table: &Node) -> Vec<Rc<Node>> {
    tree::children(table, &["thead", "tbody", "tfoot"])
        .iter()
        .flat_map(|section| tree::children(section, &["tr"]))
        .filter(|row| !tree::is_silent(row))
        .collect()
}

fn cells(row: &Node) -> Vec<Rc<Node>> {
    tree::children(row, &["th", "td"]).into_iter().filter(|cell| !tree::is_silent(cell)).collect()
}

fn is_header(row: &Node) -> bool {
    let cells = cells(row);
    !cells.is_empty() && cells.iter().all(|cell| tree::tag(cell) == Some("th"))
}

/// The lines of the blocks in a cell, items of lists with what stands before them.
fn lines(blocks: Vec<Block>) -> Vec<Line> {
    let lines = |block: Block| match block.content {
        Content::Heading { lines, .. } | Content::Paragraph { lines } | Content::Figure { lines } => lines,
        Content::List { items } => {
            let item = |item: Item| {
                let marker = if item.has_bullet() { String::new() } else { format!("{} ", item.marker) };
                let text: Vec<&str> = item.lines.iter().map(|line| line.text.as_str()).collect();
                Line::native(format!("{marker}{}", text.join(" ")))
            };
            items.into_iter().map(item).collect()
        }
        Content::Verbatim { text } => text.lines().map(Line::native).collect(),
        // A table in a table makes the outer one a layout.
        Content::Table(_) => Vec::new(),
    };
    blocks.into_iter().flat_map(lines).collect()
}
