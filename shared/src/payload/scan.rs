//! Walking over a JSON text without building anything from it: where its strings are, and what leads to them.

use std::ops::Range;

use memchr::memchr2;

/// Levels of nesting that are followed. Requests may have 64; a result that is deeper is kept as it is.
const MAX_DEPTH: usize = 128;
/// Bytes of a pointer, at most: member names come from the client and may be of any size.
const MAX_POINTER_BYTES: usize = 1024;

/// An object or an array that has been opened and not closed.
#[derive(Debug)]
enum Level {
    /// The name that was read last, with its escapes, and whether another is due.
    Object { name: Range<usize>, name_is_due: bool },
    /// The index of the element.
    Array(usize),
}

/// A walk over a text. Of one that is not JSON the answers mean nothing, but they lie within the text.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    text: &'a [u8],
    at: usize,
    levels: Vec<Level>,
}

impl<'a> Scan<'a> {
    pub(super) const fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, levels: Vec::new() }
    }

    /// Moves beyond the next string that is a value and has no escapes; answers where its letters are.
    pub(super) fn next_string(&mut self) -> Option<Range<usize>> {
        while let Some(byte) = self.text.get(self.at) {
            self.at += 1;
            match byte {
                b'"' => {
                    let (letters, is_escaped) = self.string()?;
                    match self.levels.last_mut() {
                        Some(Level::Object { name, name_is_due }) if *name_is_due => {
                            (*name, *name_is_due) = (letters, false);
                        }
                        _ if is_escaped => {}
                        _ => return Some(letters),
                    }
                }
                b'{' => self.levels.push(Level::Object { name: 0..0, name_is_due: true }),
                b'[' => self.levels.push(Level::Array(0)),
                b'}' | b']' => drop(self.levels.pop()),
                b',' => match self.levels.last_mut() {
                    Some(Level::Object { name_is_due, .. }) => *name_is_due = true,
                    Some(Level::Array(index)) => *index += 1,
                    None => {}
                },
                _ => {}
            }
            if self.levels.len() > MAX_DEPTH {
                return None;
            }
        }
        None
    }

    /// The JSON pointer of the string that was found last; `None` when it is longer than pointers may be.
    pub(super) fn pointer(&self) -> Option<String> {
        let mut pointer = String::new();
        for level in &self.levels {
            pointer.push('/');
            match level {
                Level::Array(index) => pointer.push_str(&index.to_string()),
                Level::Object { name, .. } if name.len() > MAX_POINTER_BYTES => return None,
                Level::Object { name, .. } => {
                    let quoted = self.text.get(name.start.checked_sub(1)?..name.end + 1)?;
                    let name: String = serde_json::from_slice(quoted).ok()?;
                    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                }
            }
        }
        (pointer.len() <= MAX_POINTER_BYTES).then_some(pointer)
    }

    /// Moves beyond a string's closing quote; answers where its letters are and whether some are escaped.
    fn string(&mut self) -> Option<(Range<usize>, bool)> {
        let start = self.at;
        let mut is_escaped = false;
        loop {
            let end = self.at + memchr2(b'"', b'\\', self.text.get(self.at..)?)?;
            if self.text[end] == b'"' {
                self.at = end + 1;
                return Some((start..end, is_escaped));
            }
            is_escaped = true;
            self.at = end + 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, &str)> {
        let mut scan = Scan::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(letters) = scan.next_string() {
            found.push((scan.pointer().unwrap(), &text[letters]));
        }
        found
    }

    #[test]
    fn values_are_told_from_names_and_have_their_pointers() {
        let text =
            r#" {"a": ["x", {"b/c~d": "y"}, [1, "z"]], "\u0065\"": "w", "n": -1.5e3, "t": "esc\"aped", "": ""} "#;
        let expected = [("/a/0", "x"), ("/a/1/b~1c~0d", "y"), ("/a/2/1", "z"), ("/e\"", "w"), ("/", "")]
            .map(|(p, s)| (p.to_owned(), s));
        assert_eq!(found(text), expected);
        assert_eq!(found("\"alone\""), [(String::new(), "alone")]);
    }

    #[test]
    fn a_text_that_is_not_json_is_walked_without_harm() {
        for text in ["", "\"", "\"a\\", "]]}}\"a\"", "{\"a", "{,\"\"\"\"", "\\\"", &"[".repeat(1000)] {
            let mut scan = Scan::new(text.as_bytes());
            while scan.next_string().is_some() {
                scan.pointer();
            }
        }
    }

    #[test]
    fn a_pointer_has_a_cap() {
        let text = format!("{{{:?}:\"x\"}}", "k".repeat(MAX_POINTER_BYTES));
        let mut scan = Scan::new(text.as_bytes());
        assert!(scan.next_string().is_some() && scan.pointer().is_none());
    }
}
