//! A flow, text that is read from its top to its bottom, as blocks.

use super::area::Area;
use super::column::Atom;
use super::marker::{self, Marker};
use super::piece::{self, Piece};
use super::place::Places;
use super::{Rule, aligned, heading};
use crate::document::{Block, Content, Item, Line};
use crate::error::Error;
use crate::limits::Limits;

/// A step down larger than this, in em, starts a paragraph. Single spacing is about 1.2, one and a half 1.8.
const PARAGRAPH_STEP: f32 = 1.7;
/// So does one this many times as large as the common step of the flow.
const LARGER_STEP: f32 = 1.3;
/// A first line set in by this much, in em, starts a paragraph.
const INDENT: f32 = 0.9;
/// Lines of sizes further apart than this are not of one paragraph.
const SAME_SIZE: f32 = 1.12;
/// More lines than this in one size are an address or a quotation set large.
const MAX_HEADING: usize = 3;

/// A line of a flow.
struct FlowLine {
    line: Line,
    marker: Option<Marker>,
    area: Area,
    baseline: f32,
    size: f32,
    letters: usize,
}

/// Adds the blocks of a flow.
pub(super) fn push_blocks(
    flow: Vec<Atom>,
    rules: &[Rule],
    body: f32,
    places: Places,
    limits: &Limits,
    blocks: &mut Vec<Block>,
) -> Result<(), Error> {
    let mut pieces = Vec::new();
    let mut tables = Vec::new();
    for atom in flow {
        match atom {
            Atom::Piece(piece) => pieces.push(piece),
            Atom::Table(table) => tables.push(table),
        }
    }
    let (rows, more) = aligned::tables(piece::rows(pieces), rules);
    tables.extend(more);
    tables.sort_by(|a, b| a.area.top.total_cmp(&b.area.top));
    let mut tables = tables.into_iter().peekable();
    let mut lines: Vec<FlowLine> = Vec::new();
    for line in rows.into_iter().filter_map(|row| FlowLine::new(&row, places)) {
        while let Some(table) = tables.next_if(|table| table.area.top <= line.area.top) {
            push_text(std::mem::take(&mut lines), body, blocks);
            blocks.push(table.into_block(places, limits)?);
        }
        lines.push(line);
    }
    push_text(lines, body, blocks);
    for table in tables {
        blocks.push(table.into_block(places, limits)?);
    }
    Ok(())
}

impl FlowLine {
    fn new(row: &[Piece], places: Places) -> Option<Self> {
        let area = Area::around(row.iter().map(|piece| piece.area))?;
        let main = row.iter().max_by_key(|piece| piece.letters)?;
        let mut words = row.iter().flat_map(|piece| &piece.words);
        let is_apart = row.len() > 1 && row.first().is_some_and(|piece| piece.words.len() == 1);
        let marker = words.next().and_then(|word| {
            marker::of(&word.text).or_else(|| marker::of_bare_number(&word.text).filter(|_| is_apart))
        });
        let marker = marker.filter(|_| words.next().is_some());
        let letters = row.iter().map(|piece| piece.letters).sum();
        Some(Self { line: places.line(row), marker, area, baseline: main.baseline, size: main.size, letters })
    }

    fn level(&self, body: f32) -> Option<u8> {
        heading::level(self.size, self.letters, self.line.origin, body)
    }
}

fn push_text(lines: Vec<FlowLine>, body: f32, blocks: &mut Vec<Block>) {
    let step = common_step(&lines);
    let mut lines = lines.into_iter().peekable();
    while let Some(first) = lines.next() {
        if let Some(level) = first.level(body) {
            let mut heading = vec![first];
            while let Some(line) = lines.next_if(|line| continues_heading(&heading, line, level, body)) {
                heading.push(line);
            }
            let is_heading = heading.len() <= MAX_HEADING;
            let heading = heading.into_iter().map(|line| line.line).collect();
            blocks.push(Block::of_lines(heading, |lines| {
                if is_heading { Content::Heading { level, lines } } else { Content::Paragraph { lines } }
            }));
            continue;
        }
        let mut group = vec![first];
        while let Some(line) = lines.next_if(|line| line.level(body).is_none() && continues(&group, line, step)) {
            group.push(line);
        }
        push_group(group, blocks);
    }
}

/// The median step from a line to the next, in points.
fn common_step(lines: &[FlowLine]) -> f32 {
    let mut steps: Vec<f32> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [above, below] => Some(below.baseline - above.baseline),
            _ => None,
        })
        .collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(f32::INFINITY)
}

fn continues_heading(heading: &[FlowLine], line: &FlowLine, level: u8, body: f32) -> bool {
    heading.last().is_some_and(|above| {
        line.level(body) == Some(level)
            && line.baseline - above.baseline < PARAGRAPH_STEP * line.size
            && is_same_size(above, line)
    })
}

fn is_same_size(above: &FlowLine, line: &FlowLine) -> bool {
    above.size.max(line.size) <= SAME_SIZE * above.size.min(line.size)
}

/// Whether a line belongs to the paragraph, or to the list, of the lines above it.
fn continues(group: &[FlowLine], line: &FlowLine, common: f32) -> bool {
    let (Some(first), Some(above)) = (group.first(), group.last()) else { return false };
    let size = line.size.max(above.size);
    let step = line.baseline - above.baseline;
    if first.marker.is_some() {
        // Items may be set apart; what follows an item belongs to it if it is set in as far as its text is.
        let text = first.area.left + INDENT * 0.5 * size;
        let is_item = line.marker.is_some() && step < 2.0 * PARAGRAPH_STEP * size;
        return is_item || line.area.left > text && step < PARAGRAPH_STEP * size;
    }
    if line.marker.is_some_and(|marker| marker == Marker::Bullet) || !is_same_size(above, line) {
        return false;
    }
    let is_next = step <= PARAGRAPH_STEP * size && step <= LARGER_STEP * common.max(size);
    let is_indented = line.area.left - above.area.left > INDENT * size && above.area.left - first.area.left < size;
    is_next && !is_indented
}

fn push_group(group: Vec<FlowLine>, blocks: &mut Vec<Block>) {
    if is_list(&group) {
        let items = items(group);
        let rect =
            crate::document::Rect::around(items.iter().flat_map(|item| &item.lines).filter_map(|line| line.rect));
        blocks.push(Block { rect, content: Content::List { items } });
    } else {
        let lines = group.into_iter().map(|line| line.line).collect();
        blocks.push(Block::of_lines(lines, |lines| Content::Paragraph { lines }));
    }
}

/// One bullet makes a list; of dashes, numbers and letters it takes two in order.
fn is_list(group: &[FlowLine]) -> bool {
    let mut markers = group.iter().filter_map(|line| line.marker);
    let Some(first) = group.first().and_then(|line| line.marker) else { return false };
    first == Marker::Bullet || markers.by_ref().skip(1).any(|marker| marker.follows(first))
}

fn items(group: Vec<FlowLine>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    // The left edges of the items that the next one may be nested in.
    let mut open: Vec<f32> = Vec::new();
    for FlowLine { line, marker, area, size, .. } in group {
        match items.last_mut() {
            Some(item) if marker.is_none() => item.lines.push(line),
            _ => {
                while open.last().is_some_and(|&left| area.left < left - 0.5 * INDENT * size) {
                    open.pop();
                }
                if open.last().is_none_or(|&left| area.left > left + INDENT * size) {
                    open.push(area.left);
                }
                let level = u8::try_from(open.len().saturating_sub(1)).unwrap_or(u8::MAX);
                let (marker, line) = parted(&line);
                items.push(Item { level, marker, lines: vec![line] });
            }
        }
    }
    items
}

/// The marker, and the line without it.
fn parted(line: &Line) -> (String, Line) {
    let mut words = line.words.iter().map(|word| (line.word(word), word.rect, word.score));
    let marker = words.next().map(|(text, ..)| text.to_owned()).unwrap_or_default();
    (marker, Line::of_words(words, line.origin))
}
