//! A table and its four renderings.

use std::collections::HashSet;
use std::fmt::{self, Write};

use crate::document::Table;
use crate::error::Error;
use crate::limits::Limits;
use crate::options::TableFormat;
use crate::render::TextSink;

/// Writes a table, without a line feed at its end. The first row is the header.
pub(crate) fn render(table: &Table, format: TableFormat, limits: &Limits) -> Result<String, Error> {
    let rows = rows(table);
    let columns = table.columns() as usize;
    let Some((header, rows)) = rows.split_first() else { return Ok(String::new()) };
    let mut sink = TextSink::new(limits);
    // The only error a sink knows is its cap, which it keeps and `finish` returns.
    let _stopped = match format {
        TableFormat::Html => html(&mut sink, header, rows),
        TableFormat::Markdown => markdown(&mut sink, header, rows, columns),
        TableFormat::Json => json(&mut sink, &keys(header, columns), rows),
        TableFormat::Yaml => yaml(&mut sink, &keys(header, columns), rows),
    };
    sink.finish()
}

/// The texts of the cells, row by row.
fn rows(table: &Table) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new(); table.rows() as usize];
    for cell in table.cells() {
        if let Some(row) = rows.get_mut(cell.row as usize) {
            row.resize((cell.column as usize).max(row.len()), String::new());
            row.push(cell.text());
        }
    }
    rows
}

fn html(out: &mut impl Write, header: &[String], rows: &[Vec<String>]) -> fmt::Result {
    out.write_str("<table>\n<thead>\n")?;
    html_row(out, header, "th")?;
    out.write_str("</thead>\n<tbody>\n")?;
    for row in rows {
        html_row(out, row, "td")?;
    }
    out.write_str("</tbody>\n</table>")
}

fn html_row(out: &mut impl Write, row: &[String], tag: &str) -> fmt::Result {
    out.write_str("<tr>")?;
    for cell in row {
        write!(out, "<{tag}>{}</{tag}>", escape_html(cell))?;
    }
    out.write_str("</tr>\n")
}

fn escape_html(cell: &str) -> String {
    cell.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>")
}

fn markdown(out: &mut impl Write, header: &[String], rows: &[Vec<String>], columns: usize) -> fmt::Result {
    markdown_row(out, header, columns)?;
    out.write_str("\n|")?;
    for _ in 0..columns {
        out.write_str(" --- |")?;
    }
    for row in rows {
        out.write_str("\n")?;
        markdown_row(out, row, columns)?;
    }
    Ok(())
}

fn markdown_row(out: &mut impl Write, row: &[String], columns: usize) -> fmt::Result {
    out.write_str("|")?;
    for cell in padded(row, columns) {
        write!(out, " {} |", cell.replace('\\', "\\\\").replace('|', "\\|").replace('\n', "<br>"))?;
    }
    Ok(())
}

fn json(out: &mut impl Write, keys: &[String], rows: &[Vec<String>]) -> fmt::Result {
    out.write_str("[")?;
    for (index, row) in rows.iter().enumerate() {
        out.write_str(if index == 0 { "\n  {" } else { ",\n  {" })?;
        for (column, (key, cell)) in keys.iter().zip(padded(row, keys.len())).enumerate() {
            let separator = if column == 0 { "" } else { ", " };
            write!(out, "{separator}{}: {}", quoted(key), quoted(cell))?;
        }
        out.write_str("}")?;
    }
    out.write_str(if rows.is_empty() { "]" } else { "\n]" })
}

/// YAML reads every JSON string as the same string, which spares all questions of what `no`, `1e3` or `- x` mean.
fn yaml(out: &mut impl Write, keys: &[String], rows: &[Vec<String>]) -> fmt::Result {
    if rows.is_empty() {
        return out.write_str("[]");
    }
    for (index, row) in rows.iter().enumerate() {
        for (column, (key, cell)) in keys.iter().zip(padded(row, keys.len())).enumerate() {
            let lead = match (index, column) {
                (0, 0) => "- ",
                (_, 0) => "\n- ",
                _ => "\n  ",
            };
            write!(out, "{lead}{}: {}", quoted(key), quoted(cell))?;
        }
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn padded(row: &[String], columns: usize) -> impl Iterator<Item = &str> {
    row.iter().map(String::as_str).chain(std::iter::repeat("")).take(columns)
}

/// One distinct, non-empty key per column, so that no cell is lost where a header is blank, repeated or too short.
fn keys(header: &[String], columns: usize) -> Vec<String> {
    let mut taken = HashSet::with_capacity(columns);
    padded(header, columns)
        .enumerate()
        .map(|(column, name)| {
            let name = if name.is_empty() { format!("column_{}", column + 1) } else { name.to_owned() };
            let key = if taken.contains(&name) { format!("{name}_{}", column + 1) } else { name };
            // A header that holds `a, a_3, a` is the one way left to collide; underscores run out before columns do.
            let key = std::iter::successors(Some(key), |key| Some(format!("{key}_"))).find(|key| !taken.contains(key));
            let key = key.unwrap_or_default();
            taken.insert(key.clone());
            key
        })
        .collect()
}
