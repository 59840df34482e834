//! `/v1/documents/...` (contract part B).

use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A file that travels inside JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MimeData {
    /// The file's name; its extension helps to tell the type.
    #[schema(min_length = 1, max_length = 1024, example = "report.pdf")]
    pub filename: String,
    /// `data:<media type>;base64,<data>`.
    #[schema(min_length = 5, example = "data:application/pdf;base64,JVBERi0...")]
    pub url: String,
}

/// How tables are written into the text of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TableParsingFormat {
    /// Pipe tables.
    Markdown,
    /// A list of rows.
    Yaml,
    /// A `table` element.
    #[default]
    Html,
    /// A list of rows.
    Json,
}

const fn default_dpi() -> u32 {
    192
}

/// A whole number, be it written 192 or 192.0: to JSON Schema, and to the hosted service, both are integers.
fn whole_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let number = f64::deserialize(deserializer)?;
    let is_whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the range of the type")]
    if is_whole { Ok(number as u32) } else { Err(de::Error::custom("must be a whole number")) }
}

fn default_model() -> String {
    "retab-small".to_owned()
}

/// The request of `/v1/documents/parse` (contract B.2). Unknown fields are ignored, as the hosted service does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ParseRequest {
    /// The document.
    pub document: MimeData,
    /// A model's name. The built-in engine reads documents without one and accepts any.
    #[serde(default = "default_model")]
    #[schema(default = "retab-small", max_length = 256)]
    pub model: String,
    /// How tables are written.
    #[serde(default)]
    #[schema(default = "html")]
    pub table_parsing_format: TableParsingFormat,
    /// Resolution for pages that must be rendered.
    #[serde(default = "default_dpi", deserialize_with = "whole_number")]
    #[schema(default = 192, minimum = 96, maximum = 300)]
    pub image_resolution_dpi: u32,
    /// Accepted for compatibility; nothing is cached.
    #[serde(default)]
    #[schema(default = false)]
    pub bust_cache: bool,
}

/// A file that a response speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DocumentRef {
    /// `file_` and 16 hexadecimal digits: BLAKE2b of the bytes, 8 bytes long, as the SDK computes it.
    pub id: String,
    /// The file's name.
    pub filename: String,
    /// What it was read as.
    pub mime_type: String,
}

/// What a request cost. Both counts are always there (contract F6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Usage {
    /// Pages read.
    pub page_count: u32,
    /// Credits of the hosted price list: nothing is charged here.
    pub credits: f64,
}

impl Usage {
    /// The usage of so many pages by this model: 0.2 credits a page for micro, 3 for large, else 1 (contract part B).
    #[must_use]
    pub fn of_pages(page_count: u32, model: &str) -> Self {
        let each = match model {
            "retab-micro" => 0.2,
            "retab-large" => 3.0,
            _ => 1.0,
        };
        Self { page_count, credits: f64::from(page_count) * each }
    }
}

/// The response of `/v1/documents/parse` (contract B.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ParseResponse {
    /// The document.
    pub document: DocumentRef,
    /// What it cost.
    pub usage: Usage,
    /// The text of each page.
    pub pages: Vec<String>,
    /// The pages, joined by a blank line.
    pub text: String,
}
