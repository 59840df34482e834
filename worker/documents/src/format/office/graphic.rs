//! Pictures, charts and diagrams: what is written in them or instead of them.

use super::container::Container;
use super::flow::words;
use super::relations::Relations;
use super::xml::{self, Element};
use crate::error::Error;

/// What is written instead of a picture.
pub(crate) fn alternative_text(drawing: &Element) -> String {
    let properties = drawing.find("docPr").or_else(|| drawing.find("cNvPr"));
    let written = |name: &str| properties.and_then(|all| all.attribute(name)).filter(|text| !is_nothing(text));
    let shape = || drawing.find("shape").and_then(|shape| shape.attribute("alt"));
    written("descr").or_else(|| written("title")).or_else(shape).unwrap_or_default().to_owned()
}

/// Programs fill in the name of the picture's file.
fn is_nothing(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let is_file = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".emf", ".wmf", ".tif", ".tiff", ".webp"]
        .iter()
        .any(|extension| text.ends_with(extension));
    text.is_empty() || (is_file && !text.contains(' '))
}

/// The text of the chart or the diagram that a drawing shows, one line a paragraph: the title, the names of the series
/// and of the categories, the nodes. Not the numbers of a chart.
pub(crate) fn related_text(
    drawing: &Element,
    relations: &Relations,
    container: &mut Container<'_>,
) -> Result<String, Error> {
    let chart = drawing.find("chart").and_then(|chart| chart.prefixed("id"));
    let diagram = drawing.find("relIds").and_then(|diagram| diagram.prefixed("dm"));
    let Some(part) = chart.or(diagram).and_then(|id| relations.target(id)).map(str::to_owned) else {
        return Ok(String::new());
    };
    let Some(root) = xml::tree(container, &part)? else { return Ok(String::new()) };
    let mut lines: Vec<String> = Vec::new();
    collect(&root, &mut lines);
    Ok(lines.join("\n"))
}

fn collect(parent: &Element, lines: &mut Vec<String>) {
    for element in parent.elements() {
        match element.name() {
            "p" => {
                let mut texts = Vec::new();
                element.find_all("t", &mut texts);
                add(&texts.iter().map(|text| text.text()).collect::<String>(), lines);
            }
            // Of a series its name and its categories; `val` holds its numbers.
            "tx" | "cat" => {
                let mut values = Vec::new();
                element.find_all("v", &mut values);
                values.iter().for_each(|value| add(&value.text(), lines));
                collect(element, lines);
            }
            _ => collect(element, lines),
        }
    }
}

/// Every series of a chart repeats the categories.
fn add(text: &str, lines: &mut Vec<String>) {
    let text = words(text);
    if !text.is_empty() && !lines.contains(&text) {
        lines.push(text);
    }
}
