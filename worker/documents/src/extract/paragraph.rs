//! Paragraphs: the lines of a block as one text, for what is said in sentences and breaks where the line does.

use super::reading::Reading;
use crate::view::Span;

/// Bytes of a paragraph that are read.
const MAX_PARAGRAPH: usize = 4_000;
/// Letters of a word that a full stop ends a sentence after: shorter ones are abbreviations.
const WHOLE_WORD: usize = 4;
/// Words that a sentence has at least.
const LEAST_WORDS: usize = 3;

/// The lines of a block as one text.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    pub(crate) text: String,
    /// Where each of its lines begins.
    starts: Vec<usize>,
    first: usize,
}

/// The paragraphs of a document.
pub(crate) fn paragraphs(reading: &Reading) -> Vec<Paragraph> {
    let view = &reading.view;
    let mut paragraphs = Vec::new();
    let mut line = 0;
    while line < reading.lines() {
        let block = view.lines.get(line).map(|line| line.block);
        let mut paragraph = Paragraph { text: String::new(), starts: Vec::new(), first: line };
        while line < reading.lines() && view.lines.get(line).map(|line| line.block) == block {
            if paragraph.text.len() < MAX_PARAGRAPH {
                paragraph.starts.push(paragraph.text.len());
                paragraph.text.push_str(reading.text(view.whole(line)));
                paragraph.text.push(' ');
            }
            line += 1;
        }
        paragraphs.push(paragraph);
    }
    paragraphs
}

impl Paragraph {
    /// The parts of lines that a range of the text covers.
    pub(crate) fn spans(&self, from: usize, to: usize) -> Vec<Span> {
        let mut spans = Vec::new();
        for (index, &start) in self.starts.iter().enumerate() {
            let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len()).saturating_sub(1);
            let (left, right) = (from.max(start), to.min(end));
            if left < right {
                spans.push(Span { line: self.first + index, start: left - start, end: right - start });
            }
        }
        spans
    }

    /// Where its sentences begin and end, each without its full stop.
    pub(crate) fn sentences(&self) -> Vec<(usize, usize)> {
        let mut sentences = Vec::new();
        let mut start = 0;
        while let Some(rest) = self.text.get(start..).filter(|rest| !rest.trim().is_empty()) {
            let length = sentence_end(rest).unwrap_or(rest.len());
            sentences.push((start, start + length));
            start += length + 1;
        }
        sentences.retain(|&(from, to)| {
            self.text.get(from..to).is_some_and(|text| text.split_whitespace().nth(LEAST_WORDS - 1).is_some())
        });
        sentences
    }
}

/// Where the first sentence of a text ends, at a full stop that is of no abbreviation.
pub(crate) fn sentence_end(text: &str) -> Option<usize> {
    text.match_indices(". ").map(|(at, _)| at).find(|&at| {
        let before = text.get(..at).and_then(|before| before.split_whitespace().last()).unwrap_or_default();
        let after = text.get(at + 2..).unwrap_or_default().trim_start();
        let is_word = before.chars().count() >= WHOLE_WORD || before.bytes().all(|byte| byte.is_ascii_digit());
        // "3. März" goes on in a small word or a month, a sentence begins with a capital and is long.
        let is_long = after.split_whitespace().nth(LEAST_WORDS).is_some() || after.is_empty();
        let is_day = before.len() <= 2;
        is_word && !is_day && is_long && after.chars().next().is_none_or(char::is_uppercase)
    })
}
