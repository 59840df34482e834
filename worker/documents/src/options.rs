//! What a caller may choose about the reading and the result.

use serde::{Deserialize, Serialize};

/// How tables are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TableFormat {
    /// A GitHub-flavoured Markdown table.
    Markdown,
    /// A YAML list with one mapping per row; the keys are the header's cells.
    Yaml,
    /// An HTML `table` element.
    #[default]
    Html,
    /// A JSON array with one object per row; the keys are the header's cells.
    Json,
}

/// How a document is read, whatever is done with it then.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadOptions {
    /// The password of an encrypted document.
    pub password: Option<String>,
    /// Resolution, in dots per inch, at which pages are drawn for character recognition. Default 192.
    pub image_resolution_dpi: u32,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { password: None, image_resolution_dpi: 192 }
    }
}

/// Says whether there is a password, never which.
impl std::fmt::Debug for ReadOptions {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ReadOptions")
            .field("password", &self.password.as_ref().map(|_| "***"))
            .field("image_resolution_dpi", &self.image_resolution_dpi)
            .finish()
    }
}

/// The options of [`Operation::Parse`](crate::Operation::Parse).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ParseOptions {
    /// How the document is read.
    pub read: ReadOptions,
    /// How tables are written.
    pub table_parsing_format: TableFormat,
}
