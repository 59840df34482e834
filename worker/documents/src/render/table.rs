//! A table and its four renderings.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::{self, Write};

use super::grid::Grid;
use crate::document::{Cell, Table};
use crate::options::TableFormat;
use crate::render::TextSink;

/// Writes a table, without a line feed at its end.
///
/// Markdown and the keys of JSON and YAML need a header: a table that names none has its first row for one.
pub(crate) fn write(out: &mut TextSink<'_>, table: &Table, format: TableFormat) -> fmt::Result {
    let grid = Grid::of(table);
    match format {
        _ if grid.rows == 0 => Ok(()),
        TableFormat::Html => html(out, &grid),
        TableFormat::Markdown => {
            let names = names(out, &grid)?;
            markdown(out, &grid, &names)
        }
        TableFormat::Json => {
            let keys = keys(names(out, &grid)?);
            json(out, &grid, &keys)
        }
        TableFormat::Yaml => {
            let keys = keys(names(out, &grid)?);
            yaml(out, &grid, &keys)
        }
    }
}

/// The cells of each row, parted by tabs.
pub(super) fn plain(out: &mut impl Write, table: &Table) -> fmt::Result {
    let grid = Grid::of(table);
    for row in 0..grid.rows {
        out.write_str(if row == 0 { "" } else { "\n" })?;
        for column in 0..grid.width(row) {
            out.write_str(if column == 0 { "" } else { "\t" })?;
            out.write_str(&grid.starting(row, column).map(text).unwrap_or_default().replace(['\n', '\t'], " "))?;
        }
    }
    Ok(())
}

fn html(out: &mut impl Write, grid: &Grid<'_>) -> fmt::Result {
    let header_rows = grid.table.header_rows.min(grid.table.rows()) as usize;
    out.write_str("<table>\n")?;
    if header_rows > 0 {
        out.write_str("<thead>\n")?;
        (0..header_rows).try_for_each(|row| html_row(out, grid, row, "th"))?;
        out.write_str("</thead>\n")?;
    }
    out.write_str("<tbody>\n")?;
    (header_rows..grid.rows).try_for_each(|row| html_row(out, grid, row, "td"))?;
    out.write_str("</tbody>\n</table>")
}

/// Places that a cell above or to the left reaches into have no cell of their own.
fn html_row(out: &mut impl Write, grid: &Grid<'_>, row: usize, tag: &str) -> fmt::Result {
    out.write_str("<tr>")?;
    for column in 0..grid.width(row) {
        let Some(cell) = grid.cell(row, column) else {
            write!(out, "<{tag}></{tag}>")?;
            continue;
        };
        if grid.starting(row, column).is_some() {
            write!(out, "<{tag}")?;
            for (name, span) in [("rowspan", cell.row_span), ("colspan", cell.column_span)] {
                if span > 1 {
                    write!(out, " {name}=\"{span}\"")?;
                }
            }
            write!(out, ">{}</{tag}>", escape_html(&text(cell)).replace('\n', "<br>"))?;
        }
    }
    out.write_str("</tr>\n")
}

/// Text as it is written between tags.
pub(super) fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn markdown(out: &mut impl Write, grid: &Grid<'_>, names: &[String]) -> fmt::Result {
    out.write_str("|")?;
    for name in names {
        markdown_cell(out, name)?;
    }
    out.write_str("\n|")?;
    for _ in 0..grid.columns {
        out.write_str(" --- |")?;
    }
    for row in header_rows(grid)..grid.rows {
        out.write_str("\n|")?;
        for column in 0..grid.columns {
            markdown_cell(out, &grid.starting(row, column).map(text).unwrap_or_default())?;
        }
    }
    Ok(())
}

fn markdown_cell(out: &mut impl Write, text: &str) -> fmt::Result {
    write!(out, " {} |", text.replace('\\', "\\\\").replace('|', "\\|").replace('\n', "<br>"))
}

fn json(out: &mut impl Write, grid: &Grid<'_>, keys: &[String]) -> fmt::Result {
    let first = header_rows(grid);
    out.write_str("[")?;
    for row in first..grid.rows {
        out.write_str(if row == first { "\n  {" } else { ",\n  {" })?;
        for (column, key) in keys.iter().enumerate() {
            let separator = if column == 0 { "" } else { ", " };
            write!(out, "{separator}{}: {}", quoted(key), quoted(&value(grid, row, column)))?;
        }
        out.write_str("}")?;
    }
    out.write_str(if first == grid.rows { "]" } else { "\n]" })
}

/// YAML reads every JSON string as the same string, which spares all questions of what `no`, `1e3` or `- x` mean.
fn yaml(out: &mut impl Write, grid: &Grid<'_>, keys: &[String]) -> fmt::Result {
    let first = header_rows(grid);
    if first == grid.rows {
        return out.write_str("[]");
    }
    for row in first..grid.rows {
        for (column, key) in keys.iter().enumerate() {
            let lead = match (row == first, column) {
                (true, 0) => "- ",
                (false, 0) => "\n- ",
                _ => "\n  ",
            };
            write!(out, "{lead}{}: {}", quoted(key), quoted(&value(grid, row, column)))?;
        }
    }
    Ok(())
}

/// Text as JSON writes it.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn header_rows(grid: &Grid<'_>) -> usize {
    (grid.table.header_rows.max(1) as usize).min(grid.rows)
}

/// A record is read alone, so a cell that reaches down belongs to each of its rows; one that reaches to the right stands
/// in its first column.
fn value<'g>(grid: &Grid<'g>, row: usize, column: usize) -> Cow<'g, str> {
    let covers = |cell: &&Cell| cell.column as usize == column;
    grid.cell(row, column).filter(covers).map_or(Cow::Borrowed(""), |cell| text(cell))
}

/// The cell's text, made only where it has several lines.
fn text(cell: &Cell) -> Cow<'_, str> {
    match cell.lines.as_slice() {
        [] => Cow::Borrowed(""),
        [line] => Cow::Borrowed(&line.text),
        _ => Cow::Owned(cell.text()),
    }
}

/// What the header says of each column: from the top down, each text once, a cell that covers several columns in each.
fn names(out: &mut TextSink<'_>, grid: &Grid<'_>) -> Result<Vec<String>, fmt::Error> {
    let mut names = Vec::with_capacity(grid.columns);
    let mut bytes = 0;
    for column in 0..grid.columns {
        let mut name = String::new();
        let mut last = Cow::Borrowed("");
        for row in 0..header_rows(grid) {
            let text = grid.cell(row, column).map(text).unwrap_or_default();
            if text.is_empty() || text == last {
                continue;
            }
            name.push_str(if name.is_empty() { "" } else { " / " });
            name.push_str(&text);
            bytes += text.len();
            out.reserve(bytes)?;
            last = text;
        }
        names.push(name);
    }
    Ok(names)
}

/// One distinct, non-empty key per column, so that no cell is lost where a header is blank, repeated or too short.
fn keys(names: Vec<String>) -> Vec<String> {
    let mut taken = HashSet::with_capacity(names.len());
    names
        .into_iter()
        .enumerate()
        .map(|(column, name)| {
            let name = if name.is_empty() { format!("column_{}", column + 1) } else { name };
            let key = if taken.contains(&name) { format!("{name}_{}", column + 1) } else { name };
            // A header that holds `a, a_3, a` is the one way left to collide; underscores run out before columns do.
            let key = std::iter::successors(Some(key), |key| Some(format!("{key}_"))).find(|key| !taken.contains(key));
            let key = key.unwrap_or_default();
            taken.insert(key.clone());
            key
        })
        .collect()
}
