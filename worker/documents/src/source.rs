//! What the engine is given.

/// A document as its sender gave it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The whole file.
    pub bytes: &'a [u8],
    /// The sender's name for the file. Only its extension is read, and only where the content leaves the type open.
    pub filename: &'a str,
    /// The declared media type, with or without parameters. The content outweighs it.
    pub media_type: Option<&'a str>,
}
