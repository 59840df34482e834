//! What is wrong with a file: where, and by which rule. Values are not repeated, because any may be a secret.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::path::{Path, PathBuf};

use super::limits::MISTAKES_MAX;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Its line in the file, from 1; `None`: it is about the file as a whole.
    pub line: Option<usize>,
    /// The field: `endpoint[/v1/summaries].retry.attempts`. Empty when it is about a whole line or the file.
    pub field: String,
    /// The rule that is broken.
    pub rule: String,
}

/// Everything that is wrong with a file: at least one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes {
    /// The file.
    pub file: PathBuf,
    /// In the order of the lines.
    pub all: Vec<Mistake>,
}

/// One a line: `file:line: field: rule`.
impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.all.iter().enumerate() {
            let end = if index == 0 { "" } else { "\n" };
            write!(f, "{end}{}", self.file.display())?;
            if let Some(line) = mistake.line {
                write!(f, ":{line}")?;
            }
            if !mistake.field.is_empty() {
                write!(f, ": {}", mistake.field)?;
            }
            write!(f, ": {}", mistake.rule)?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

/// Collects mistakes while a text is read.
pub(super) struct Notes<'a> {
    text: &'a str,
    found: RefCell<Vec<Mistake>>,
    untold: Cell<usize>,
}

impl<'a> Notes<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, found: RefCell::new(Vec::new()), untold: Cell::new(0) }
    }

    /// Notes a mistake at this byte of the text.
    pub(super) fn note(&self, at: usize, field: impl Into<String>, rule: impl Into<String>) {
        if self.found.borrow().len() >= MISTAKES_MAX {
            return self.untold.set(self.untold.get() + 1);
        }
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = Some(before.bytes().filter(|byte| *byte == b'\n').count() + 1);
        self.found.borrow_mut().push(Mistake { line, field: field.into(), rule: rule.into() });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.borrow().is_empty()
    }

    /// Nothing, or everything that was noted.
    pub(super) fn into_result(self, file: &Path) -> Result<(), Mistakes> {
        let mut all = self.found.into_inner();
        if all.is_empty() {
            return Ok(());
        }
        all.sort_by_key(|mistake| mistake.line);
        let untold = self.untold.get();
        if untold > 0 {
            all.push(Mistake {
                line: None,
                field: String::new(),
                rule: format!("{untold} more mistakes are not told"),
            });
        }
        Err(Mistakes { file: file.to_owned(), all })
    }
}
