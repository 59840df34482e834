//! Shapes of a slide: where they stand and what is in them.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::document::{Cell, Item, Table};
use crate::error::Error;
use crate::format::office::container::Container;
use crate::format::office::flow::{Flow, Text, lines_of};
use crate::format::office::graphic;
use crate::format::office::marker;
use crate::format::office::relations::Relations;
use crate::format::office::xml::Element;

/// Where the masters that Office comes with put what no layout places, in 914 400ths of an inch.
const BODY_TOP: f64 = 1_600_200.0;
const FOOT_TOP: f64 = 6_356_350.0;

/// The places that a layout gives to placeholders, by their index and by their type.
#[derive(Debug, Default)]
pub(super) struct Places(HashMap<String, (f64, f64)>);

impl Places {
    pub(super) fn of(layout: &Element) -> Self {
        let mut places = HashMap::new();
        let shapes = layout.path(&["cSld", "spTree"]).into_iter().flat_map(|tree| tree.all("sp"));
        for shape in shapes {
            let (Some(placeholder), Some(place)) = (placeholder(shape), offset(shape.child("spPr"))) else { continue };
            for key in keys(placeholder) {
                places.entry(key).or_insert(place);
            }
        }
        Self(places)
    }
}

/// A shape, whatever group it stands in.
#[derive(Debug)]
pub(super) struct Shape<'e> {
    element: &'e Element,
    /// The type of its placeholder; empty for that of any content.
    placeholder: Option<&'e str>,
    top: f64,
    left: f64,
}

/// The shapes of a slide, in the order in which they are drawn.
pub(super) fn all<'e>(tree: &'e Element, places: &Places) -> Vec<Shape<'e>> {
    let mut shapes = Vec::new();
    gather(tree, places, Frame { x: 0.0, y: 0.0, x_scale: 1.0, y_scale: 1.0 }, &mut shapes);
    shapes
}

/// How the coordinates in a group become those of the slide.
#[derive(Clone, Copy)]
struct Frame {
    x: f64,
    y: f64,
    x_scale: f64,
    y_scale: f64,
}

impl Frame {
    /// The frame of a group that stands in this one.
    fn inner(self, group: &Element) -> Self {
        let Some(transform) = group.path(&["grpSpPr", "xfrm"]) else { return self };
        let pair = |name: &str, x: &str, y: &str| {
            let child = transform.child(name)?;
            Some((child.number::<f64>(x)?, child.number::<f64>(y)?))
        };
        let (Some(offset), Some(size)) = (pair("off", "x", "y"), pair("ext", "cx", "cy")) else { return self };
        let inner_offset = pair("chOff", "x", "y").unwrap_or(offset);
        let inner_size = pair("chExt", "cx", "cy").unwrap_or(size);
        let scale = |outer: f64, inner: f64| if inner > 0.0 && outer > 0.0 { outer / inner } else { 1.0 };
        let x_scale = scale(size.0, inner_size.0) * self.x_scale;
        let y_scale = scale(size.1, inner_size.1) * self.y_scale;
        let (x, y) = self.place(offset);
        Self { x: x - inner_offset.0 * x_scale, y: y - inner_offset.1 * y_scale, x_scale, y_scale }
    }

    fn place(self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.x + x * self.x_scale, self.y + y * self.y_scale)
    }
}

fn gather<'e>(parent: &'e Element, places: &Places, frame: Frame, shapes: &mut Vec<Shape<'e>>) {
    for element in parent.elements() {
        match element.name() {
            "grpSp" => gather(element, places, frame.inner(element), shapes),
            "AlternateContent" => {
                if let Some(chosen) = element.child("Choice").or_else(|| element.child("Fallback")) {
                    gather(chosen, places, frame, shapes);
                }
            }
            "sp" | "pic" | "graphicFrame" => {
                let placeholder = placeholder(element);
                let own = offset(element.child("spPr")).or_else(|| offset(Some(element))).map(|own| frame.place(own));
                let kind = placeholder.map(|placeholder| placeholder.attribute("type").unwrap_or_default());
                let by_layout = || keys(placeholder?).find_map(|key| places.0.get(&key)).copied();
                let usual = match kind {
                    Some("ftr" | "dt" | "sldNum") => (0.0, FOOT_TOP),
                    _ => (0.0, BODY_TOP),
                };
                let (left, top) = own.or_else(by_layout).unwrap_or(usual);
                shapes.push(Shape { element, placeholder: kind, top, left });
            }
            _ => {}
        }
    }
}

impl Shape<'_> {
    /// Titles first, then from top to bottom and from left to right.
    pub(super) fn reading_order(first: &Self, second: &Self) -> Ordering {
        (second.is_title().cmp(&first.is_title()))
            .then(first.top.total_cmp(&second.top))
            .then(first.left.total_cmp(&second.left))
    }

    fn is_title(&self) -> bool {
        matches!(self.placeholder, Some("title" | "ctrTitle"))
    }

    /// Whether it is a placeholder for running text.
    pub(super) fn is_body(&self) -> bool {
        matches!(self.placeholder, Some("body" | "obj" | ""))
    }

    /// Writes what is in the shape.
    pub(super) fn write(
        &self,
        relations: &Relations,
        container: &mut Container<'_>,
        flow: &mut Flow<'_>,
    ) -> Result<(), Error> {
        // The number of a slide is that of its page.
        if self.placeholder == Some("sldNum") {
            return Ok(());
        }
        if let Some(table) = self.element.path(&["graphic", "graphicData", "tbl"]) {
            flow.table(read_table(table, container)?);
        } else if let Some(body) = self.element.child("txBody") {
            if self.is_title() {
                let mut text = Text::default();
                body.all("p").for_each(|paragraph| {
                    inline(paragraph, &mut text);
                    text.break_line();
                });
                flow.heading(1, text.take());
            } else {
                // Masters set a bullet before what stands in their placeholders for content.
                paragraphs(body, self.is_body(), flow);
            }
        } else {
            flow.figure(&graphic::alternative_text(self.element));
            flow.figure(&graphic::related_text(self.element, relations, container)?);
        }
        Ok(())
    }

    /// Writes the text of a shape of the notes.
    pub(super) fn write_notes(&self, flow: &mut Flow<'_>) {
        if let Some(body) = self.element.child("txBody") {
            paragraphs(body, false, flow);
        }
    }
}

fn placeholder(shape: &Element) -> Option<&Element> {
    shape
        .elements()
        .find(|child| matches!(child.name(), "nvSpPr" | "nvPicPr" | "nvGraphicFramePr"))?
        .path(&["nvPr", "ph"])
}

/// By what a placeholder of a slide finds that of its layout.
fn keys(placeholder: &Element) -> impl Iterator<Item = String> {
    let key = |name: &str| placeholder.attribute(name).map(|value| format!("{name} {value}"));
    key("idx").into_iter().chain(key("type"))
}

fn offset(parent: Option<&Element>) -> Option<(f64, f64)> {
    let offset = parent?.path(&["xfrm", "off"])?;
    let number = |name: &str| offset.number::<f64>(name).filter(|number| number.is_finite());
    Some((number("x")?, number("y")?))
}

/// The paragraphs of a text body; those with a bullet or a number are items.
fn paragraphs(body: &Element, has_bullets: bool, flow: &mut Flow<'_>) {
    // How far each level is counted.
    let mut counts = [0_u32; 9];
    for paragraph in body.all("p") {
        let mut text = Text::default();
        inline(paragraph, &mut text);
        let lines = text.take();
        if lines.is_empty() {
            continue;
        }
        let properties = paragraph.child("pPr");
        let level = properties.and_then(|all| all.number::<u8>("lvl")).unwrap_or(0).min(8);
        let child = |name: &str| properties.and_then(|all| all.child(name));
        let marker = if child("buNone").is_some() {
            None
        } else if let Some(numbers) = child("buAutoNum") {
            let count = counts.get(usize::from(level)).copied().unwrap_or(0);
            let start = numbers.number::<u32>("startAt").unwrap_or(1);
            Some(automatic(numbers.attribute("type").unwrap_or_default(), count.saturating_add(start)))
        } else if let Some(bullet) = child("buChar") {
            Some(marker::bullet(bullet.attribute("char").unwrap_or_default()))
        } else if child("buBlip").is_some() || has_bullets {
            Some("•".to_owned())
        } else {
            None
        };
        let is_counted = child("buAutoNum").is_some();
        for (at, count) in (0..).zip(counts.iter_mut()) {
            if at == level && is_counted {
                *count = count.saturating_add(1);
            } else if at >= level {
                *count = 0;
            }
        }
        match marker {
            Some(marker) => flow.item(Item { level, marker, lines }),
            None => flow.paragraph(lines),
        }
    }
}

/// A number in one of the schemes of DrawingML, whose names say what stands around it: `alphaLcParenR`.
fn automatic(scheme: &str, count: u32) -> String {
    let format = match scheme {
        scheme if scheme.starts_with("alphaLc") => "lowerLetter",
        scheme if scheme.starts_with("alphaUc") => "upperLetter",
        scheme if scheme.starts_with("romanLc") => "lowerRoman",
        scheme if scheme.starts_with("romanUc") => "upperRoman",
        _ => "decimal",
    };
    let number = marker::number(count, format);
    if scheme.ends_with("ParenBoth") {
        format!("({number})")
    } else if scheme.ends_with("ParenR") {
        format!("{number})")
    } else if scheme.ends_with("Plain") {
        number
    } else {
        format!("{number}.")
    }
}

fn inline(parent: &Element, text: &mut Text) {
    for element in parent.elements() {
        match element.name() {
            "t" => text.push(&element.text()),
            "br" => text.break_line(),
            "tab" => text.push(" "),
            "pPr" | "rPr" | "endParaRPr" => {}
            "AlternateContent" => {
                if let Some(chosen) = element.child("Choice").or_else(|| element.child("Fallback")) {
                    inline(chosen, text);
                }
            }
            _ => inline(element, text),
        }
    }
}

fn read_table(element: &Element, container: &Container<'_>) -> Result<Table, Error> {
    let mut table = Table::default();
    for (row, line) in (0..).zip(element.all("tr")) {
        for (column, cell) in (0..).zip(line.all("tc")) {
            let is_covered = |name: &str| matches!(cell.attribute(name), Some("1" | "true"));
            if is_covered("hMerge") || is_covered("vMerge") {
                continue;
            }
            let mut flow = Flow::new(container.limits());
            if let Some(body) = cell.child("txBody") {
                paragraphs(body, false, &mut flow);
            }
            let mut read = Cell::new(row, column, lines_of(flow.into_blocks()));
            read.row_span = cell.number("rowSpan").unwrap_or(1).max(1);
            read.column_span = cell.number("gridSpan").unwrap_or(1).max(1);
            table.push(read, container.limits())?;
        }
    }
    let first_row = element.child("tblPr").and_then(|properties| properties.attribute("firstRow"));
    table.header_rows = u32::from(matches!(first_row, Some("1" | "true")) && table.rows() > 1);
    Ok(table)
}
