//! Texts as the parts of words that the network knows: the tokenizer of BERT, without case.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Failure;

/// Parts of a text that count, the marks of its beginning and end included: the length that the network was trained on.
const MAX_TOKENS: usize = 256;
/// A word of more characters is not one: as in BERT's tokenizer.
const MAX_WORD: usize = 100;

/// The parts of words, and their numbers.
pub(super) struct Vocabulary {
    numbers: HashMap<String, usize>,
    begin: usize,
    end: usize,
    unknown: usize,
}

impl Vocabulary {
    /// One part a line; its number is that of the line.
    pub(super) fn load(file: &[u8]) -> Result<Self, Failure> {
        let text = std::str::from_utf8(file).map_err(|error| Failure(error.to_string()))?;
        let numbers: HashMap<String, usize> =
            text.lines().enumerate().map(|(number, part)| (part.to_owned(), number)).collect();
        let number =
            |part: &str| numbers.get(part).copied().ok_or_else(|| Failure(format!("its vocabulary lacks {part}")));
        let (begin, end, unknown) = (number("[CLS]")?, number("[SEP]")?, number("[UNK]")?);
        Ok(Self { numbers, begin, end, unknown })
    }

    /// The numbers of the parts of a text.
    pub(super) fn tokens(&self, text: &str) -> Vec<usize> {
        let mut tokens = vec![self.begin];
        let mut word = String::new();
        // No text needs more characters than this for all tokens that count.
        for character in text.chars().take(MAX_TOKENS * MAX_WORD).flat_map(char::to_lowercase).nfd() {
            if tokens.len() >= MAX_TOKENS {
                break;
            }
            if is_combining_mark(character) {
                continue;
            }
            if character.is_alphanumeric() {
                word.push(character);
                continue;
            }
            self.push_word(&mut word, &mut tokens);
            if !character.is_whitespace() && !character.is_control() {
                word.push(character);
                self.push_word(&mut word, &mut tokens);
            }
        }
        self.push_word(&mut word, &mut tokens);
        tokens.truncate(MAX_TOKENS - 1);
        tokens.push(self.end);
        tokens
    }

    /// Adds the parts of a word, each as long as can be, and empties it.
    fn push_word(&self, word: &mut String, tokens: &mut Vec<usize>) {
        let start = tokens.len();
        let mut rest = word.as_str();
        if rest.chars().nth(MAX_WORD).is_some() {
            tokens.push(self.unknown);
            rest = "";
        }
        let mut part = String::new();
        while !rest.is_empty() {
            let is_first = tokens.len() == start;
            let ends = rest.char_indices().map(|(at, character)| at + character.len_utf8());
            let found = ends.collect::<Vec<_>>().into_iter().rev().find_map(|end| {
                part.clear();
                part.push_str(if is_first { "" } else { "##" });
                part.push_str(rest.get(..end)?);
                Some((end, *self.numbers.get(&part)?))
            });
            match found {
                Some((end, number)) => {
                    tokens.push(number);
                    rest = rest.get(end..).unwrap_or_default();
                }
                None => {
                    tokens.truncate(start);
                    tokens.push(self.unknown);
                    break;
                }
            }
        }
        word.clear();
    }
}
