//! Relations: how one part of an Office file names another.

use std::collections::HashMap;

use super::container::{Container, resolve};
use super::xml;
use crate::error::Error;

/// The parts that one part is related to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Relations {
    by_id: HashMap<String, Relation>,
    order: Vec<String>,
}

/// One related part.
#[derive(Debug, Clone)]
struct Relation {
    kind: String,
    target: String,
}

impl Relations {
    /// The relations of a part; of the whole file for the empty name.
    pub(crate) fn of(container: &mut Container<'_>, part: &str) -> Result<Self, Error> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{folder}/_rels/{file}.rels");
        let mut relations = Self::default();
        let Some(root) = xml::tree(container, &name)? else { return Ok(relations) };
        for relation in root.all("Relationship") {
            let (Some(id), Some(target)) = (relation.attribute("Id"), relation.attribute("Target")) else { continue };
            if relation.attribute("TargetMode") == Some("External") {
                continue;
            }
            let kind = relation.attribute("Type").and_then(|kind| kind.rsplit('/').next()).unwrap_or_default();
            relations.order.push(id.to_owned());
            let relation = Relation { kind: kind.to_owned(), target: resolve(part, target) };
            relations.by_id.insert(id.to_owned(), relation);
        }
        Ok(relations)
    }

    /// The path of the part that has this name in the part's XML.
    pub(crate) fn target(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|relation| relation.target.as_str())
    }

    /// The path of the first part that is related in this way, for example `notesSlide`.
    pub(crate) fn first(&self, kind: &str) -> Option<&str> {
        self.order
            .iter()
            .filter_map(|id| self.by_id.get(id))
            .find(|relation| relation.kind == kind)
            .map(|relation| relation.target.as_str())
    }
}

/// The path of the part that the file is about.
pub(crate) fn main_part(container: &mut Container<'_>, usual: &str) -> Result<String, Error> {
    Ok(Relations::of(container, "")?.first("officeDocument").unwrap_or(usual).to_owned())
}
