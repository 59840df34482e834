//! Mail, made of its parts.

mod eml;
mod msg;

use crate::TableFormat::Markdown;

/// The pages of a message as Markdown.
fn pages(filename: &str, bytes: &[u8]) -> Vec<String> {
    super::document(filename, bytes).tables(Markdown).parse().unwrap().pages
}
