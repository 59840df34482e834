//! `filename_regex`: a part of a name as it is written, or a regular expression that is tied to the beginning.
//!
//! What is let through means the same to PostgreSQL as to the client, and takes a time in proportion to the name: no
//! repetition, no look-around, no reference back. The rest is handed over with every mark escaped that could mean more.

use std::iter::Peekable;
use std::str::Chars;

use crate::service::validation::Violation;

/// Characters of a pattern, at most.
const MAX_CHARS: usize = 256;
const PATH: &str = "query.filename_regex";

/// The pattern in PostgreSQL's words.
pub(super) fn check(text: &str) -> Result<String, Violation> {
    let text = text.trim();
    let chars = text.chars().count();
    if chars > MAX_CHARS {
        let message = format!("must have at most {MAX_CHARS} characters");
        return Err(Violation::new(PATH, "maxLength", message).with_size(chars));
    }
    if text.is_empty() {
        return Err(Violation::new(PATH, "minLength", "must not be empty"));
    }
    let translated = if is_plain(text) { Ok(literal(text)) } else { Reader::read(text) };
    translated.map_err(|message| Violation::new(PATH, "pattern", message))
}

/// A name may have dots: they alone make no expression.
fn is_plain(text: &str) -> bool {
    !text.contains(['\\', '^', '$', '*', '+', '?', '{', '}', '[', ']', '(', ')', '|'])
}

fn literal(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    text.chars().for_each(|letter| push_literal(letter, &mut escaped));
    escaped
}

fn push_literal(letter: char, to: &mut String) {
    if letter.is_ascii_punctuation() {
        to.push('\\');
    }
    to.push(letter);
}

type Read<T> = Result<T, &'static str>;

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    open_groups: usize,
    translated: String,
}

impl<'a> Reader<'a> {
    fn read(text: &'a str) -> Read<String> {
        let Some(rest) = text.strip_prefix('^') else {
            return Err("must begin with ^, or have no other mark than a dot");
        };
        let mut reader = Self { rest: rest.chars().peekable(), open_groups: 0, translated: "^".to_owned() };
        while let Some(letter) = reader.rest.next() {
            reader.one(letter)?;
        }
        if reader.open_groups > 0 { Err("has a ( without its )") } else { Ok(reader.translated) }
    }

    fn one(&mut self, letter: char) -> Read<()> {
        match letter {
            '*' | '+' | '?' | '{' | '}' => return Err("must not repeat: * + ? { } stand with a \\ before them"),
            '$' if self.rest.peek().is_some() => return Err("must have $ at its end only"),
            '\\' => return self.escape(),
            '[' => return self.class(),
            '(' => {
                if self.rest.peek() == Some(&'?') {
                    return Err("must not have a group that begins with (?");
                }
                self.open_groups += 1;
            }
            ')' => self.open_groups = self.open_groups.checked_sub(1).ok_or("has a ) without its (")?,
            _ => {}
        }
        self.translated.push(letter);
        Ok(())
    }

    fn escape(&mut self) -> Read<()> {
        let escaped = match self.rest.next().ok_or("must not end in a \\")? {
            '1'..='9' => return Err("must not refer back to a group"),
            'b' => 'y',
            'B' => 'Y',
            same @ ('d' | 'D' | 'w' | 'W' | 's' | 'S' | 't' | 'n' | 'r' | 'f' | 'v') => same,
            mark if mark.is_ascii_punctuation() => mark,
            _ => return Err("has a \\ before a letter that means nothing then"),
        };
        self.translated.extend(['\\', escaped]);
        Ok(())
    }

    /// A class: `[a-z]`, `[^0-9]`. Marks have no meaning in it, apart from the few that make it.
    fn class(&mut self) -> Read<()> {
        const UNCLOSED: &str = "has a [ without its ]";
        self.translated.push('[');
        self.translated.extend(self.rest.next_if_eq(&'^'));
        let mut is_first = true;
        loop {
            match self.rest.next().ok_or(UNCLOSED)? {
                ']' if !is_first => break,
                '-' => self.translated.push('-'),
                '\\' => match self.rest.next().ok_or(UNCLOSED)? {
                    same @ ('d' | 'w' | 's' | 't' | 'n' | 'r' | 'f' | 'v') => self.translated.extend(['\\', same]),
                    mark if mark.is_ascii_punctuation() => self.translated.extend(['\\', mark]),
                    _ => return Err("has a \\ before a letter that means nothing in [ ]"),
                },
                letter => push_literal(letter, &mut self.translated),
            }
            is_first = false;
        }
        self.translated.push(']');
        Ok(())
    }
}
