//! Text between two breaks of blocks.

use crate::document::Line;

/// Addresses that mean something outside of the page.
const SCHEMES: [&str; 4] = ["http://", "https://", "mailto:", "tel:"];

/// Collects text. White space of the source becomes spaces, which are collapsed at the end; line feeds are breaks.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: String,
}

impl Inline {
    pub(super) fn push(&mut self, source: &str) {
        // A soft hyphen is where a word may be broken, and no letter of it.
        let letters = source.chars().filter(|letter| *letter != '\u{ad}');
        self.text.extend(letters.map(|letter| if letter.is_whitespace() { ' ' } else { letter }));
    }

    pub(super) fn break_line(&mut self) {
        self.text.push('\n');
    }

    /// Where the next text comes to stand.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Makes the text from here on a link.
    pub(super) fn link(&mut self, start: usize, address: &str) {
        let address: String = address.split_whitespace().collect();
        let is_known = SCHEMES
            .iter()
            .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
        let Some(label) = self.text.get(start..).filter(|_| is_known) else { return };
        let words = label.trim();
        let says_it = address == words || address.split_once(':').is_some_and(|(_, rest)| rest == words);
        if words.is_empty() || says_it || words.contains('\n') {
            return;
        }
        let before = &label[..label.len() - label.trim_start().len()];
        let after = &label[label.trim_end().len()..];
        let link = format!("{before}[{words}]({address}){after}");
        self.text.truncate(start);
        self.text.push_str(&link);
    }

    /// The lines with something in them; nothing is left.
    pub(super) fn take(&mut self) -> Vec<Line> {
        let text = std::mem::take(&mut self.text);
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        text.split('\n').map(words).filter(|line| !line.is_empty()).map(Line::native).collect()
    }
}
