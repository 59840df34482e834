//! From pieces of text with places to blocks in reading order.
//!
//! ```text
//! fragments ── piece ──► pieces ── ruled, aligned ──► tables ─┐
//! rules ──────────────────────────────┘                       ├── column ──► flows ── flow ──► blocks
//!                                     pieces of running text ─┘
//! ```
//!
//! It knows neither PDF nor character recognition: both make [`Fragment`]s and [`Rule`]s of what they find on a page.
//! Distances are in points on the upright page, y down. Pages may be made to be slow (half a million glyphs at one
//! point), so nothing here compares everything with everything.

mod aligned;
mod area;
mod column;
mod flow;
mod grid;
mod heading;
mod marker;
mod piece;
mod place;
mod records;
mod ruled;
mod tall;

use ecow::EcoString;

use crate::document::{Block, Origin, Size};
use crate::error::Error;
use crate::limits::Limits;

use self::column::Atom;
use self::place::Places;

/// A gap wider than this, in em, parts two words. Narrower ones are kerning. Measured on 33 public documents: at 0.17
/// words were glued.
pub(crate) const WORD_GAP: f32 = 0.13;
/// How far letters reach above their baseline, in em, in most fonts.
pub(crate) const ASCENT: f32 = 0.8;
/// How far letters reach below their baseline.
pub(crate) const DESCENT: f32 = 0.2;

/// Text that was drawn or recognised in one go, on one line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fragment {
    /// Its words, from left to right.
    pub(crate) words: Vec<Placed>,
    /// Where its letters stand.
    pub(crate) baseline: f32,
    /// The size of its font: the height of its line without leading.
    pub(crate) size: f32,
    /// Where it was read from.
    pub(crate) origin: Origin,
}

/// A word and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Placed {
    /// Held in place if it is short, as nearly all words are: most of the time of a page went to making and dropping
    /// its words.
    pub(crate) text: EcoString,
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
    /// How sure it is, from 0 to 1.
    pub(crate) score: f32,
}

/// A line that is drawn on the page, along one of its sides: the border of a cell, a rule under a heading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
}

/// The blocks of a page, in reading order.
pub(crate) fn blocks(
    fragments: Vec<Fragment>,
    rules: &[Rule],
    size: Size,
    limits: &Limits,
) -> Result<Vec<Block>, Error> {
    let places = Places::new(size);
    let pieces = piece::distinct(fragments);
    let all = heading::Sizes::of(&pieces);
    let (pieces, ruled) = ruled::tables(pieces, rules);
    let mut atoms: Vec<Atom> = ruled.into_iter().map(Atom::Table).collect();
    let (lines, tables) = aligned::tables(piece::rows(pieces), rules);
    atoms.extend(tables.into_iter().map(Atom::Table));
    let lines: Vec<_> = lines.into_iter().flatten().collect();
    let body = heading::Sizes::of(&lines).or(all).body();
    atoms.extend(lines.into_iter().map(Atom::Piece));
    let mut blocks = Vec::new();
    for flow in column::flows(atoms) {
        flow::push_blocks(flow, rules, body, places, limits, &mut blocks)?;
    }
    Ok(blocks)
}
