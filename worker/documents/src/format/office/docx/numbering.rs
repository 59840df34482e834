//! Numbering: which marker stands before the next paragraph of a list.

use std::collections::{HashMap, HashSet};

use crate::format::office::marker;
use crate::format::office::xml::Element;

/// Levels of a list, from the format.
const LEVELS: usize = 9;

/// The lists of a document and how far each is counted.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    /// The definitions, by their identifiers.
    definitions: HashMap<String, Definition>,
    /// The lists made of them.
    lists: HashMap<String, List>,
    /// Lists of one definition go on counting where the other stopped.
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<String>,
}

#[derive(Debug, Default)]
struct Definition {
    levels: HashMap<u8, Level>,
    /// The style whose list this definition stands for.
    linked_style: Option<String>,
    /// This definition is that of the style.
    style: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// The marker, in which `%1` stands for the number of the first level.
    text: String,
    /// Restarts only after this level, from 1; never for 0.
    restart: Option<u8>,
    is_legal: bool,
    style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: HashMap<u8, u32>,
    levels: HashMap<u8, Level>,
}

impl Numbering {
    pub(crate) fn read(root: &Element) -> Self {
        let mut numbering = Self::default();
        for element in root.all("abstractNum") {
            let Some(id) = element.attribute("abstractNumId") else { continue };
            let value = |name: &str| element.child(name)?.attribute("val").map(str::to_owned);
            let levels = element.all("lvl").filter_map(level).collect();
            let definition = Definition { levels, linked_style: value("numStyleLink"), style: value("styleLink") };
            numbering.definitions.insert(id.to_owned(), definition);
        }
        for element in root.all("num") {
            let definition = element.child("abstractNumId").and_then(|child| child.attribute("val"));
            let (Some(id), Some(definition)) = (element.attribute("numId"), definition) else { continue };
            let mut list = List { definition: definition.to_owned(), ..List::default() };
            for change in element.all("lvlOverride") {
                let Some(index) = change.number("ilvl") else { continue };
                if let Some(start) = change.child("startOverride").and_then(|start| start.number("val")) {
                    list.starts.insert(index, start);
                }
                list.levels.extend(change.child("lvl").and_then(level));
            }
            numbering.lists.insert(id.to_owned(), list);
        }
        numbering
    }

    /// The level of a list that belongs to a paragraph style.
    pub(crate) fn level_of_style(&self, list: &str, style: &str) -> Option<u8> {
        let levels = &self.definition(&self.lists.get(list)?.definition)?.1.levels;
        levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(index, _)| *index)
    }

    /// Counts on and gives the marker of the next paragraph; nothing if there is no such list.
    pub(crate) fn next(&mut self, list_id: &str, index: u8) -> Option<String> {
        let index = index.min(8);
        let list = self.lists.get(list_id)?;
        let (key, definition) = self.definition(&list.definition)?;
        let level_at = |index: u8| list.levels.get(&index).or_else(|| definition.levels.get(&index));
        let level = level_at(index)?;
        let mut counters = self.counters.get(key).copied().unwrap_or_default();
        if !self.begun.contains(list_id) {
            for index in list.starts.keys() {
                counters.iter_mut().skip(usize::from(*index)).for_each(|counter| *counter = None);
            }
        }
        let start_of = |index: u8| {
            list.starts.get(&index).copied().or_else(|| level_at(index).map(|level| level.start)).unwrap_or(1)
        };
        for (at, counter) in (0..).zip(counters.iter_mut()) {
            if at < index {
                counter.get_or_insert_with(|| start_of(at));
            } else if at == index {
                *counter = Some(counter.map_or_else(|| start_of(at), |count| count.saturating_add(1)));
            } else if level_at(at).and_then(|level| level.restart).is_none_or(|after| index < after) {
                *counter = None;
            }
        }
        let text = render(level, |at| {
            let format = if level.is_legal { "decimal" } else { level_at(at).map_or("decimal", |level| &level.format) };
            let count = counters.get(usize::from(at)).copied().flatten().unwrap_or(1);
            marker::number(count, format)
        });
        let key = key.to_owned();
        self.counters.insert(key, counters);
        self.begun.insert(list_id.to_owned());
        Some(text)
    }

    /// A definition by its identifier, that of the style if it only stands for one.
    fn definition(&self, id: &str) -> Option<(&str, &Definition)> {
        let (id, own) = self.definitions.get_key_value(id)?;
        let linked =
            own.linked_style.as_ref().filter(|_| own.levels.is_empty()).and_then(|style| {
                self.definitions.iter().find(|(_, definition)| definition.style.as_ref() == Some(style))
            });
        Some(linked.map_or((id.as_str(), own), |(id, definition)| (id.as_str(), definition)))
    }
}

fn level(element: &Element) -> Option<(u8, Level)> {
    let value = |name: &str| element.child(name)?.attribute("val").map(str::to_owned);
    let level = Level {
        start: value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
        format: value("numFmt").unwrap_or_else(|| "decimal".to_owned()),
        text: value("lvlText").unwrap_or_default(),
        restart: value("lvlRestart").and_then(|level| level.parse().ok()),
        is_legal: element.child("isLgl").is_some_and(Element::is_on),
        style: value("pStyle"),
    };
    Some((element.number("ilvl").filter(|index| usize::from(*index) < LEVELS)?, level))
}

fn render(level: &Level, number: impl Fn(u8) -> String) -> String {
    if level.format == "bullet" {
        return marker::bullet(&level.text);
    }
    let mut text = String::new();
    let mut characters = level.text.chars().peekable();
    while let Some(character) = characters.next() {
        let index = characters.peek().and_then(|next| next.to_digit(10)).filter(|digit| (1..=9).contains(digit));
        match (character, index.and_then(|index| u8::try_from(index - 1).ok())) {
            ('%', Some(index)) => {
                characters.next();
                text.push_str(&number(index));
            }
            _ => text.push(character),
        }
    }
    text.trim().to_owned()
}
