//! Characters of RTF: of code pages, of Unicode, and those that have control words.

use super::fonts::Charset;
use super::{Destination, Reading};
use crate::format::office::symbol;

impl Reading<'_> {
    pub(super) fn push(&mut self, text: &str) {
        let Some(group) = self.groups.last() else { return };
        match group.destination {
            Destination::Text if !group.is_hidden => {
                if let Some(story) = self.stories.last_mut() {
                    story.text.push(text);
                }
            }
            Destination::Marker => {
                if let Some(story) = self.stories.last_mut() {
                    story.marker.push_str(text);
                }
            }
            Destination::Styles => self.style_name.push_str(text),
            _ => {}
        }
    }

    /// Decodes the characters that were gathered: a character may have two bytes.
    pub(super) fn decode(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let font = self.groups.last().map_or(0, |group| group.font);
        match self.fonts.charset(font) {
            Charset::Text(encoding) => self.push(&encoding.decode_without_bom_handling(&bytes).0),
            Charset::Symbols => {
                for byte in bytes {
                    self.push(&symbol::read(Some("Symbol"), Some(&format!("{byte:x}"))));
                }
            }
        }
    }

    pub(super) fn unicode(&mut self, number: i32) {
        // Numbers above 32 767 are written as negative ones.
        let unit = u16::try_from(number.rem_euclid(0x1_0000)).unwrap_or(0);
        match (self.high_half.take(), unit) {
            (_, 0xD800..=0xDBFF) => self.high_half = Some(unit),
            (high, unit) => {
                let units: Vec<u16> = high.into_iter().chain([unit]).collect();
                let text = String::from_utf16_lossy(&units);
                // Private characters are those of fonts of symbols: bullets, mostly.
                let is_private = (0xF000..=0xF0FF).contains(&unit);
                if is_private {
                    self.push(&symbol::read(Some("Symbol"), Some(&format!("{unit:x}"))));
                } else {
                    self.push(&text);
                }
            }
        }
        self.skip = self.groups.last().map_or(1, |group| group.fallback);
    }
}

/// What a control word stands for in the text.
pub(super) fn character(word: &str) -> &'static str {
    match word {
        "tab" | "emspace" | "enspace" | "qmspace" => " ",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        _ => "",
    }
}
