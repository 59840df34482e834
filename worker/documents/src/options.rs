//! What a caller may choose about the result.

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

/// The options of [`parse`](crate::parse).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ParseOptions {
    /// How tables are written where the document's format marks them (HTML, CSV, TSV). Text laid out as a table in a
    /// PDF stays lines of text.
    pub table_parsing_format: TableFormat,
}
