//! A string that refuses to grow past a cap.

use std::fmt;

use crate::error::Error;
use crate::limits::Limits;

/// Collects rendered text and stops the writer at `max_text_bytes`: a table repeats its header for every row in some
/// formats, so the size of the input does not bound the size of the text.
#[derive(Debug)]
pub(crate) struct TextSink<'a> {
    text: String,
    limits: &'a Limits,
    refused: Option<Error>,
}

impl<'a> TextSink<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Self { text: String::new(), limits, refused: None }
    }

    /// The text, or the error that stopped its writer.
    pub(crate) fn finish(self) -> Result<String, Error> {
        self.refused.map_or(Ok(self.text), Err)
    }
}

impl fmt::Write for TextSink<'_> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        if let Err(error) = self.limits.check_text_bytes(self.text.len() + part.len()) {
            self.refused = Some(error);
            return Err(fmt::Error);
        }
        self.text.push_str(part);
        Ok(())
    }
}
