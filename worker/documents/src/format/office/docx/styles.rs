//! Styles of paragraphs and characters: what of them changes the reading.

use std::collections::HashMap;

use crate::format::office::xml::Element;

/// How far a chain of styles that are based on one another is followed; it may be a ring.
const MAX_CHAIN: usize = 32;
/// The outline level of running text; those above are headings.
const BODY_LEVEL: u8 = 9;

/// The styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    by_id: HashMap<String, Style>,
    default_paragraph: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    /// In lower case. Of built-in styles it is English in every language; the identifier is not.
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    list_level: Option<u8>,
    hidden: Option<bool>,
}

impl Styles {
    pub(crate) fn read(root: &Element) -> Self {
        let mut styles = Self::default();
        for element in root.all("style") {
            let Some(id) = element.attribute("styleId") else { continue };
            let paragraph = element.child("pPr");
            let list = paragraph.and_then(|properties| properties.child("numPr"));
            let value = |parent: Option<&Element>, name: &str| {
                parent?.child(name).and_then(|child| child.attribute("val")).map(str::to_owned)
            };
            let style = Style {
                name: value(Some(element), "name").unwrap_or_default().to_lowercase(),
                based_on: value(Some(element), "basedOn"),
                outline: value(paragraph, "outlineLvl").and_then(|level| level.parse().ok()),
                list: value(list, "numId"),
                list_level: value(list, "ilvl").and_then(|level| level.parse().ok()),
                hidden: element.path(&["rPr", "vanish"]).map(Element::is_on),
            };
            let is_default = matches!(element.attribute("default"), Some("1" | "true"));
            if is_default && element.attribute("type") == Some("paragraph") {
                styles.default_paragraph = Some(id.to_owned());
            }
            styles.by_id.insert(id.to_owned(), style);
        }
        styles
    }

    /// The level of the headings of this style, from 1, if they are headings.
    pub(crate) fn heading(&self, id: Option<&str>) -> Option<u8> {
        self.chain(id).find_map(|(_, style)| match style.name.as_str() {
            "title" => Some(Some(1)),
            "subtitle" => Some(Some(2)),
            name => match (name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok()), style.outline) {
                (Some(level @ 1..=9), _) => Some(Some(level)),
                (_, Some(level)) => Some((level < BODY_LEVEL).then_some(level + 1)),
                _ => None,
            },
        })?
    }

    /// The numbering that the style gives its paragraphs, its level, and the style that says so.
    pub(crate) fn list<'s>(&'s self, id: Option<&'s str>) -> Option<(&'s str, Option<u8>, &'s str)> {
        self.chain(id).find_map(|(id, style)| Some((style.list.as_deref()?, style.list_level, id)))
    }

    /// The level, from 0, that the name of a built-in list style stands for: `List Bullet 2` is 1.
    pub(crate) fn named_list_level(&self, id: Option<&str>) -> Option<u8> {
        let (_, style) = self.chain(id).next()?;
        let rest = style.name.strip_prefix("list bullet").or_else(|| style.name.strip_prefix("list number"))?;
        if rest.is_empty() { Some(0) } else { rest.trim().parse::<u8>().ok().map(|level| level.clamp(1, 9) - 1) }
    }

    /// Whether text of this style is not shown.
    pub(crate) fn is_hidden(&self, id: Option<&str>) -> bool {
        id.is_some() && self.chain(id).find_map(|(_, style)| style.hidden).unwrap_or(false)
    }

    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let first = id.or(self.default_paragraph.as_deref());
        let entry = |id: &'s str| self.by_id.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        std::iter::successors(first.and_then(entry), move |(_, style)| style.based_on.as_deref().and_then(entry))
            .take(MAX_CHAIN)
    }
}
