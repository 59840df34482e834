//! What responses have in common (contract part B, common types).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
    /// The same so many times over.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { credits: self.credits * factor, ..self }
    }

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

/// What an extraction cost (contract F10): the hosted service counts tokens too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CompletionUsage {
    /// Words that were read, of documents: the built-in engine has no tokens.
    pub prompt_tokens: u64,
    /// Words of the answer's content.
    pub completion_tokens: u64,
    /// Their sum.
    pub total_tokens: u64,
    /// Pages read.
    pub page_count: u32,
    /// Credits of the hosted price list: nothing is charged here.
    pub credits: f64,
}

impl CompletionUsage {
    /// That of so many words read and written.
    #[must_use]
    pub const fn of_words(read: u64, written: u64, Usage { page_count, credits }: Usage) -> Self {
        let total_tokens = read.saturating_add(written);
        Self { prompt_tokens: read, completion_tokens: written, total_tokens, page_count, credits }
    }
}
