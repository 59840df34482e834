//! The document model: what every format is read into and every operation stands on.
//!
//! ```text
//! Document
//! └─ Page                    in reading order: a sheet of paper, a slide, a worksheet, a message
//!    └─ Block                heading, paragraph, list, table, figure, verbatim text
//!       └─ Line ── Word      text with its place, where it came from and how sure that is
//! ```
//!
//! Places are fractions of the page's width and height from its top left corner, on the page as it is read: upright.
//! Formats without pages of paper (DOCX, HTML, mail) have no places.

mod block;
mod declared;
mod geometry;
mod line;
mod page;
mod table;

pub use block::{Block, Content, Item};
pub use declared::{Declared, Term};
pub use geometry::Rect;
pub use line::{Line, Origin, Word};
pub use page::{Page, Size};
pub use table::{Cell, Table};

/// A document that was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// What it turned out to be, for example `application/pdf`.
    pub media_type: &'static str,
    /// Its pages, in order. Never empty.
    pub pages: Vec<Page>,
    /// What the file states beside its pages. It is no text of the document, and says at the most where to look.
    pub declared: Vec<Declared>,
}
