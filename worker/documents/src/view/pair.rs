//! Labels and their values.

use super::View;
use super::labels::Relation;
use super::line::Span;

/// A label and what it names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pair {
    /// The label, without its colon.
    pub(crate) label: Span,
    /// The value: to the end of its line.
    pub(crate) value: Span,
    /// How the label stands to the value.
    pub(crate) relation: Relation,
    /// How near it is: 1 next to it, falling to 0.
    pub(crate) nearness: f32,
}

impl View {
    /// Every label with its value: what follows a colon, stands right of a label or under it, or in a table under a
    /// header or beside a first cell. A value may have several labels and a label several values; in reading order of
    /// the values.
    pub(crate) fn pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for line in 0..self.lines.len() {
            let mut values = self.after_colons(line);
            if values.is_empty() {
                values.push(self.whole(line));
            }
            for value in values {
                let labels = self.labels(value).into_iter().filter(|label| label.relation != Relation::Heading);
                pairs.extend(labels.map(|label| Pair {
                    label: label.span,
                    value,
                    relation: label.relation,
                    nearness: label.nearness,
                }));
            }
        }
        pairs
    }

    /// What follows each colon of a line, up to the label of the next one.
    pub(crate) fn after_colons(&self, line: usize) -> Vec<Span> {
        let Some(text) = self.lines.get(line).map(|line| line.text.as_str()) else { return Vec::new() };
        let mut values: Vec<Span> = Vec::new();
        for (colon, mark) in text.match_indices([':', '：']) {
            let after = colon + mark.len();
            let rest = text.get(after..).unwrap_or_default();
            // Times and addresses of the web have colons too.
            if mark == ":" && !rest.starts_with(char::is_whitespace) {
                continue;
            }
            let start = after + rest.len() - rest.trim_start().len();
            if let Some(previous) = values.last_mut() {
                let label = self.labels(Span { line, start, end: text.len() });
                let label = label.first().filter(|label| label.relation == Relation::Colon);
                match label {
                    Some(label) if label.span.start > previous.start => previous.end = label.span.start,
                    _ => continue,
                }
                trim(previous, text);
            }
            values.push(Span { line, start, end: text.len() });
        }
        for value in &mut values {
            trim(value, text);
        }
        values.retain(|value| value.start < value.end);
        values
    }
}

/// Without blanks and parting marks at the end.
fn trim(span: &mut Span, text: &str) {
    let value = text.get(span.start..span.end).unwrap_or_default();
    let is_mark = |character: char| character.is_whitespace() || matches!(character, '|' | '·' | ';' | ',' | '•');
    span.end = span.start + value.trim_end_matches(is_mark).len();
}
