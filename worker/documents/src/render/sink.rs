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
    /// The text that is written, or the cap that stopped its writer.
    pub(crate) fn collect(limits: &'a Limits, write: impl FnOnce(&mut Self) -> fmt::Result) -> Result<String, Error> {
        let mut sink = Self { text: String::new(), limits, refused: None };
        // The only error a sink knows is its cap, which it keeps.
        let _stopped = write(&mut sink);
        sink.refused.map_or(Ok(sink.text), Err)
    }

    /// Stops the writer if this many bytes more would be too many.
    pub(crate) fn reserve(&mut self, bytes: usize) -> fmt::Result {
        self.limits.check_text_bytes(self.text.len() + bytes).map_err(|error| {
            self.refused = Some(error);
            fmt::Error
        })
    }
}

impl fmt::Write for TextSink<'_> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.reserve(part.len())?;
        self.text.push_str(part);
        Ok(())
    }
}
