//! Lists of OpenDocument.

use std::collections::HashMap;

use super::Reading;
use crate::document::{Item, Line};
use crate::error::Error;
use crate::format::office::flow::Flow;
use crate::format::office::marker;
use crate::format::office::pieces::Piece;
use crate::format::office::xml::Element;

/// Levels of a list style, from the format.
const LEVELS: usize = 10;

/// How the markers of a list look.
#[derive(Debug, Default)]
pub(super) struct ListStyle {
    levels: HashMap<usize, Level>,
}

#[derive(Debug)]
struct Level {
    /// Nothing for a bullet.
    format: Option<&'static str>,
    /// The bullet of one.
    bullet: String,
    before: String,
    after: String,
    start: u32,
    /// How many levels the number shows.
    shown: usize,
}

impl ListStyle {
    pub(super) fn read(element: &Element) -> Self {
        let level = |level: &Element| {
            let text = |name: &str| level.attribute(name).unwrap_or_default().to_owned();
            let is_number = level.name() == "list-level-style-number";
            let format = is_number.then(|| match level.attribute("num-format") {
                Some("a") => "lowerLetter",
                Some("A") => "upperLetter",
                Some("i") => "lowerRoman",
                Some("I") => "upperRoman",
                Some("") | None => "none",
                _ => "decimal",
            });
            let read = Level {
                format,
                bullet: marker::bullet(&text("bullet-char")),
                before: text("num-prefix"),
                after: text("num-suffix"),
                start: level.number("start-value").unwrap_or(1),
                shown: level.number("display-levels").unwrap_or(1).clamp(1, LEVELS),
            };
            Some((level.number::<usize>("level")?.checked_sub(1).filter(|index| *index < LEVELS)?, read))
        };
        Self { levels: element.elements().filter_map(level).collect() }
    }
}

/// How far the lists of each style are counted: one may go on where another stopped.
#[derive(Debug, Default)]
pub(super) struct Lists {
    counts: HashMap<String, [Option<u32>; LEVELS]>,
}

/// Where in a list an item stands.
#[derive(Clone, Copy)]
struct Place<'e> {
    style: &'e str,
    level: usize,
}

impl Reading<'_> {
    /// Reads a list that is in no other.
    pub(super) fn list(&mut self, list: &Element, flow: &mut Flow<'_>) -> Result<(), Error> {
        let style = list.attribute("style-name").unwrap_or_default();
        let goes_on = list.attribute("continue-numbering") == Some("true") || list.attribute("continue-list").is_some();
        if !goes_on {
            self.lists.counts.remove(style);
        }
        self.items(list, Place { style, level: 0 }, flow)
    }

    fn items(&mut self, list: &Element, place: Place<'_>, flow: &mut Flow<'_>) -> Result<(), Error> {
        let place = Place { style: list.attribute("style-name").unwrap_or(place.style), ..place };
        for item in list.elements().filter(|item| matches!(item.name(), "list-item" | "list-header")) {
            let mut lines: Vec<Line> = Vec::new();
            let mut is_written = item.name() == "list-header";
            for element in item.elements() {
                match element.name() {
                    "p" => {
                        for piece in self.pieces(element)? {
                            match piece {
                                Piece::Lines(more) => lines.extend(more),
                                Piece::Blocks(blocks) => flow.extend(blocks),
                                Piece::Break => {}
                            }
                        }
                    }
                    "list" => {
                        self.write(item, place, &mut lines, &mut is_written, flow);
                        self.items(element, Place { level: place.level + 1, ..place }, flow)?;
                    }
                    _ => {
                        self.write(item, place, &mut lines, &mut is_written, flow);
                        self.block(element, flow)?;
                    }
                }
            }
            self.write(item, place, &mut lines, &mut is_written, flow);
        }
        Ok(())
    }

    /// Writes the lines of an item: the first time with its marker.
    fn write(
        &mut self,
        item: &Element,
        place: Place<'_>,
        lines: &mut Vec<Line>,
        is_written: &mut bool,
        flow: &mut Flow<'_>,
    ) {
        if lines.is_empty() {
            return;
        }
        let marker = if *is_written { String::new() } else { self.marker(item, place) };
        *is_written = true;
        let level = u8::try_from(place.level).unwrap_or(u8::MAX);
        flow.item(Item { level, marker, lines: std::mem::take(lines) });
    }

    fn marker(&mut self, item: &Element, place: Place<'_>) -> String {
        let index = place.level.min(LEVELS - 1);
        let Some(style) = self.styles.list(place.style) else { return String::new() };
        let start_of = |level: usize| style.levels.get(&level).map_or(1, |level| level.start);
        let counts = self.lists.counts.entry(place.style.to_owned()).or_default();
        for (level, count) in counts.iter_mut().enumerate() {
            if level < index {
                count.get_or_insert_with(|| start_of(level));
            } else if level > index {
                *count = None;
            } else {
                let next = count.map_or_else(|| start_of(level), |count| count.saturating_add(1));
                *count = Some(item.number("start-value").unwrap_or(next));
            }
        }
        let Some(level) = style.levels.get(&index) else { return String::new() };
        if level.format.is_none() {
            return level.bullet.clone();
        }
        let first = (index + 1).saturating_sub(level.shown);
        let numbers = (first..=index).filter_map(|at| {
            let format = style.levels.get(&at)?.format?;
            Some(marker::number(counts.get(at).copied().flatten()?, format))
        });
        let number = numbers.filter(|number| !number.is_empty()).collect::<Vec<_>>().join(".");
        if number.is_empty() {
            String::new()
        } else {
            format!("{}{number}{}", level.before, level.after).trim().to_owned()
        }
    }
}
