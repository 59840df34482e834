//! Sections: their headers and footers, and whether they start a page.

use crate::error::Error;
use crate::format::office::flow::Flow;
use crate::format::office::relations::Relations;
use crate::format::office::xml::Element;

/// What is known of the sections that were met.
#[derive(Debug, Default)]
pub(crate) struct Sections {
    /// Whether even pages have headers of their own.
    even_differ: bool,
    /// The parts with headers, each once, in the order of their first use.
    pub(crate) headers: Vec<String>,
    /// The parts with footers.
    pub(crate) footers: Vec<String>,
    /// The page that the present section started.
    started: Option<usize>,
}

impl Sections {
    pub(crate) fn new(even_differ: bool) -> Self {
        Self { even_differ, ..Self::default() }
    }

    /// Starts the page of the next section. Only the end of a section says whether it starts one; this is taken back
    /// there.
    pub(crate) fn begin(&mut self, flow: &mut Flow<'_>) -> Result<(), Error> {
        self.started = flow.break_page()?.then(|| flow.len() - 1);
        Ok(())
    }

    /// Reads the properties of a section, which stand at its end.
    pub(crate) fn end(&mut self, properties: &Element, relations: &Relations, flow: &mut Flow<'_>) {
        let kind = properties.child("type").and_then(|kind| kind.attribute("val"));
        if let Some(page) = self.started.take().filter(|_| matches!(kind, Some("continuous" | "nextColumn"))) {
            flow.join(page);
        }
        let first_differs = properties.child("titlePg").is_some_and(Element::is_on);
        for (name, known) in [("headerReference", &mut self.headers), ("footerReference", &mut self.footers)] {
            let mut references: Vec<&Element> = properties.all(name).collect();
            // As they are met when pages are turned.
            references.sort_by_key(|reference| match reference.attribute("type") {
                Some("first") => 0,
                Some("even") => 2,
                _ => 1,
            });
            for reference in references {
                let is_used = match reference.attribute("type") {
                    Some("first") => first_differs,
                    Some("even") => self.even_differ,
                    _ => true,
                };
                let part = reference.attribute("id").and_then(|id| relations.target(id));
                if let Some(part) = part.filter(|part| is_used && !known.iter().any(|known| known == part)) {
                    known.push(part.to_owned());
                }
            }
        }
    }
}
