//! What is drawn on one page.

use crate::document::Size;
use crate::layout::{Fragment, Rule};

/// The content of a page, upright: in points from the top left corner.
#[derive(Debug, Clone, PartialEq)]
#[expect(dead_code, reason = "the device moves onto it next")]
pub(crate) struct PageContent {
    pub(crate) size: Size,
    /// Text that is painted.
    pub(crate) fragments: Vec<Fragment>,
    /// Text that is there and not painted: what a scanner's software recognised.
    pub(crate) hidden: Vec<Fragment>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) images: Vec<ImagePlace>,
    /// Glyphs drawn of which the file says which characters they are.
    pub(crate) readable_glyphs: u32,
    /// Glyphs drawn of which it does not.
    pub(crate) unreadable_glyphs: u32,
}

/// Where a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ImagePlace {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
}
