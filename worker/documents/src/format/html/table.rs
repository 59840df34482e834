//! Tables in the HTML tree.

use std::rc::Rc;

use htmd::Node;
use markup5ever_rcdom::NodeData;

use super::SILENT;
use crate::document::Table;
use crate::error::Error;
use crate::limits::Limits;

/// The largest spans that the HTML standard allows.
const MAX_COLSPAN: usize = 1_000;
const MAX_ROWSPAN: usize = 65_534;

/// Whether a table only places its content: it holds other tables, or it has a single column.
pub(crate) fn is_for_layout(table: &Rc<Node>) -> bool {
    let rows = rows(table);
    let columns = rows.iter().map(|row| cells(row).len()).max().unwrap_or(0);
    columns < 2 || rows.iter().any(contains_table)
}

/// Reads the cells as plain text. A cell that spans others leaves them empty.
pub(crate) fn read(node: &Rc<Node>, limits: &Limits) -> Result<Table, Error> {
    let mut table = Table::default();
    let mut spanned = Vec::new();
    for row in rows(node) {
        table.push_row(row_texts(&row, &mut spanned, limits)?, limits)?;
    }
    Ok(table)
}

/// The value of an attribute.
pub(crate) fn attribute(node: &Rc<Node>, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|attr| &*attr.name.local == wanted).map(|attr| attr.value.to_string())
}

/// The texts of one row. `spanned` holds, for each column, how many more rows a cell above reaches into.
fn row_texts(row: &Rc<Node>, spanned: &mut Vec<usize>, limits: &Limits) -> Result<Vec<String>, Error> {
    let mut texts = Vec::new();
    for cell in cells(row) {
        skip_spanned(&mut texts, spanned);
        let rows_below = span(&cell, "rowspan", MAX_ROWSPAN) - 1;
        for column in 0..span(&cell, "colspan", MAX_COLSPAN) {
            limits.check_table_cells(texts.len())?;
            if spanned.len() <= texts.len() {
                spanned.resize(texts.len() + 1, 0);
            }
            spanned[texts.len()] = rows_below;
            texts.push(if column == 0 { text(&cell) } else { String::new() });
        }
    }
    skip_spanned(&mut texts, spanned);
    Ok(texts)
}

fn skip_spanned(texts: &mut Vec<String>, spanned: &mut [usize]) {
    while let Some(left @ 1..) = spanned.get_mut(texts.len()) {
        *left -= 1;
        texts.push(String::new());
    }
}

fn span(cell: &Rc<Node>, name: &str, max: usize) -> usize {
    attribute(cell, name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, max)
}

fn tag(node: &Node) -> Option<&str> {
    match &node.data {
        NodeData::Element { name, .. } => Some(&*name.local),
        _ => None,
    }
}

fn children(node: &Rc<Node>, tags: &[&str]) -> Vec<Rc<Node>> {
    node.children.borrow().iter().filter(|child| tag(child).is_some_and(|tag| tags.contains(&tag))).cloned().collect()
}

/// All rows in the order of the source. The parser has put every row into a section already.
fn rows(table: &Rc<Node>) -> Vec<Rc<Node>> {
    children(table, &["thead", "tbody", "tfoot"]).iter().flat_map(|section| children(section, &["tr"])).collect()
}

fn cells(row: &Rc<Node>) -> Vec<Rc<Node>> {
    children(row, &["th", "td"])
}

fn contains_table(node: &Rc<Node>) -> bool {
    node.children.borrow().iter().any(|child| tag(child) == Some("table") || contains_table(child))
}

/// The text of a cell: white space collapsed, one line per block or line break.
fn text(cell: &Rc<Node>) -> String {
    let mut lines = vec![String::new()];
    collect(cell, &mut lines);
    let lines: Vec<String> = lines
        .iter()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

fn collect(node: &Rc<Node>, lines: &mut Vec<String>) {
    let breaks = match (&node.data, tag(node)) {
        (NodeData::Text { contents }, _) => {
            append(lines, &contents.borrow());
            return;
        }
        (_, Some(tag)) if SILENT.contains(&tag) => return,
        (_, Some("img")) => {
            append(lines, &attribute(node, "alt").unwrap_or_default());
            return;
        }
        (_, tag) => {
            matches!(tag, Some("br" | "p" | "div" | "li" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
        }
    };
    if breaks {
        lines.push(String::new());
    }
    for child in node.children.borrow().iter() {
        collect(child, lines);
    }
    if breaks {
        lines.push(String::new());
    }
}

fn append(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}
