//! Caps on what one document may cost.

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// The caps of one call of [`parse`](crate::parse). A document over any of them is refused whole, never cut short.
///
/// The defaults fit an engine that may hold 1 GiB: the input twice, the text twice and one page's glyphs together stay
/// under half of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Bytes of the document. Default 64 MiB.
    pub max_input_bytes: u64,
    /// Pages of the document. Default 2 000.
    pub max_pages: u64,
    /// Bytes of text of all pages together. Default 32 MiB.
    pub max_text_bytes: u64,
    /// Glyphs on one PDF page. Default 500 000: a page dense with text has about 10 000, a map about 100 000.
    pub max_page_glyphs: u64,
    /// Straight rules on one PDF page. Default 1 000 000: a form has some hundred, a drawing some 10 000.
    pub max_page_rules: u64,
    /// Pictures on one PDF page. Default 100 000: some writers cut one picture into a strip for each of its rows.
    pub max_page_images: u64,
    /// Cells of one table, and used cells of all worksheets of a workbook together. Default 1 000 000.
    pub max_table_cells: u64,
    /// Pixels of one picture. Default 80 000 000: A3 at 600 dots an inch.
    pub max_image_pixels: u64,
    /// Bytes of one picture, decoded. Default 256 MiB: those pixels in three colours.
    pub max_image_bytes: u64,
    /// Elements nested in one another in HTML and XML. Default 256: reading recurses, and the deepest pages written by
    /// people and their tools stay under 100.
    pub max_nesting: u64,
    /// Entries of a zip container. Default 20 000: a presentation of a thousand slides has about 5 000.
    pub max_container_entries: u64,
    /// Bytes of one inflated part of a zip container. Default 128 MiB: a worksheet of a million cells has about 60.
    pub max_part_bytes: u64,
    /// Bytes of all inflated parts of a zip container together. Default 384 MiB.
    pub max_container_bytes: u64,
    /// How many times its compressed size a part of more than 8 MiB may inflate to. Default 200: worksheets of one
    /// repeated number reach about 100, deflate 1 032.
    pub max_inflation_ratio: u64,
    /// Elements, attributes and texts of one paragraph, table or other unit of XML that is held at once. Default
    /// 2 000 000, of about 100 bytes each.
    pub max_xml_nodes: u64,
    /// How many messages an attachment may lie in. Default 4: each may be forwarded with the one before in it.
    pub max_attachment_depth: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_input_bytes: 64 << 20,
            max_pages: 2_000,
            max_text_bytes: 32 << 20,
            max_page_glyphs: 500_000,
            max_page_rules: 1_000_000,
            max_page_images: 100_000,
            max_table_cells: 1_000_000,
            max_image_pixels: 80_000_000,
            max_image_bytes: 256 << 20,
            max_nesting: 256,
            max_container_entries: 20_000,
            max_part_bytes: 128 << 20,
            max_container_bytes: 384 << 20,
            max_inflation_ratio: 200,
            max_xml_nodes: 2_000_000,
            max_attachment_depth: 4,
        }
    }
}

impl Limits {
    pub(crate) fn check_input_bytes(&self, actual: usize) -> Result<(), Error> {
        check("max_input_bytes", "bytes", self.max_input_bytes, actual)
    }

    pub(crate) fn check_pages(&self, actual: usize) -> Result<(), Error> {
        check("max_pages", "pages", self.max_pages, actual)
    }

    pub(crate) fn check_text_bytes(&self, actual: usize) -> Result<(), Error> {
        check("max_text_bytes", "bytes of text", self.max_text_bytes, actual)
    }

    pub(crate) fn check_page_glyphs(&self, actual: usize) -> Result<(), Error> {
        check("max_page_glyphs", "glyphs on a page", self.max_page_glyphs, actual)
    }

    pub(crate) fn check_page_rules(&self, actual: usize) -> Result<(), Error> {
        check("max_page_rules", "rules on a page", self.max_page_rules, actual)
    }

    pub(crate) fn check_page_images(&self, actual: usize) -> Result<(), Error> {
        check("max_page_images", "pictures on a page", self.max_page_images, actual)
    }

    pub(crate) fn check_table_cells(&self, actual: usize) -> Result<(), Error> {
        check("max_table_cells", "cells in a table", self.max_table_cells, actual)
    }

    pub(crate) fn check_image_pixels(&self, actual: u64) -> Result<(), Error> {
        check(
            "max_image_pixels",
            "pixels in a picture",
            self.max_image_pixels,
            usize::try_from(actual).unwrap_or(usize::MAX),
        )
    }

    pub(crate) fn check_image_bytes(&self, actual: u64) -> Result<(), Error> {
        check(
            "max_image_bytes",
            "bytes of a decoded picture",
            self.max_image_bytes,
            usize::try_from(actual).unwrap_or(usize::MAX),
        )
    }

    pub(crate) fn check_nesting(&self, actual: usize) -> Result<(), Error> {
        check("max_nesting", "nested elements", self.max_nesting, actual)
    }

    pub(crate) fn check_container_entries(&self, actual: usize) -> Result<(), Error> {
        check("max_container_entries", "entries of a container", self.max_container_entries, actual)
    }

    pub(crate) fn check_part_bytes(&self, actual: usize) -> Result<(), Error> {
        check("max_part_bytes", "bytes in a part", self.max_part_bytes, actual)
    }

    pub(crate) fn check_container_bytes(&self, actual: u64) -> Result<(), Error> {
        let actual = usize::try_from(actual).unwrap_or(usize::MAX);
        check("max_container_bytes", "bytes in all parts", self.max_container_bytes, actual)
    }

    pub(crate) fn check_inflation_ratio(&self, actual: u64) -> Result<(), Error> {
        let actual = usize::try_from(actual).unwrap_or(usize::MAX);
        check("max_inflation_ratio", "times the compressed size", self.max_inflation_ratio, actual)
    }

    pub(crate) fn check_xml_nodes(&self, actual: usize) -> Result<(), Error> {
        check("max_xml_nodes", "nodes of XML", self.max_xml_nodes, actual)
    }

    pub(crate) fn check_attachment_depth(&self, actual: u32) -> Result<(), Error> {
        check("max_attachment_depth", "messages around an attachment", self.max_attachment_depth, actual as usize)
    }
}

fn check(limit: &'static str, unit: &'static str, cap: u64, actual: usize) -> Result<(), Error> {
    if actual as u64 > cap { Err(Error::LimitExceeded { limit, unit, cap, actual: actual as u64 }) } else { Ok(()) }
}
