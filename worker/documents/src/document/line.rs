//! Lines of text and the words in them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Rect;

/// Where text was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The file says which characters these are.
    #[default]
    Native,
    /// The characters were recognised in a picture.
    Ocr,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// The whole text, words parted by single spaces.
    pub text: String,
    /// Its place, in formats that have places.
    pub rect: Option<Rect>,
    /// Its words with their places. Empty in formats without places.
    pub words: Vec<Word>,
    /// Where it was read from.
    pub origin: Origin,
    /// How sure the text is, from 0 to 1. Native text is always 1.
    pub score: f32,
}

/// One word of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    /// Where it starts in the line's text, in bytes.
    pub start: u32,
    /// Where it ends in the line's text, in bytes.
    pub end: u32,
    /// Its place.
    pub rect: Rect,
    /// How sure it is, from 0 to 1.
    pub score: f32,
}

impl Line {
    /// A line of native text without a place.
    #[must_use]
    pub fn native(text: impl Into<String>) -> Self {
        Self { text: text.into(), score: 1.0, ..Self::default() }
    }

    /// The line that these words make, in their order, with their union as its place.
    #[must_use]
    pub fn of_words<'w>(
        words: impl IntoIterator<Item = (&'w str, Rect, f32), IntoIter: Clone>,
        origin: Origin,
    ) -> Self {
        let words = words.into_iter();
        // A document has hundreds of thousands of lines: none takes more room than it needs, and none moves as it grows.
        let (count, letters) =
            words.clone().fold((0, 0), |(count, letters), (text, ..)| (count + 1, letters + text.len()));
        let mut line = Self {
            text: String::with_capacity(letters + count),
            words: Vec::with_capacity(count),
            origin,
            ..Self::default()
        };
        let mut score = 0.0;
        for (text, rect, word_score) in words {
            if !line.text.is_empty() {
                line.text.push(' ');
            }
            let start = offset(line.text.len());
            line.text.push_str(text);
            line.words.push(Word { start, end: offset(line.text.len()), rect, score: word_score });
            score += word_score;
        }
        line.rect = Rect::around(line.words.iter().map(|word| word.rect));
        #[expect(clippy::cast_precision_loss, reason = "a line has fewer words than f32 counts exactly")]
        let mean = score / count.max(1) as f32;
        line.score = mean;
        line
    }

    /// The text of one of its words.
    #[must_use]
    pub fn word(&self, word: &Word) -> &str {
        let range: Range<usize> = word.start as usize..word.end as usize;
        self.text.get(range).unwrap_or_default()
    }
}

fn offset(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
