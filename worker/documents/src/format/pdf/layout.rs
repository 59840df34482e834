//! From runs of placed glyphs to lines of text in reading order.
//!
//! A run is what one drawing call shows, so its glyphs stay together: text printed over a dotted rule or under another
//! word is not shuffled into it. A run breaks into segments at wide gaps only; segments that share a baseline make a line.
//! Lines are read from top to bottom over the whole width of the page.
//!
//! All distances are in fractions of the font size (em), so that they hold at any scale.

/// A gap wider than this parts two words. Narrower ones are kerning.
const WORD_GAP: f64 = 0.13;
/// A gap wider than this parts two cells or columns, and is written as two spaces.
const COLUMN_GAP: f64 = 1.2;
/// Baselines closer than this are one line: enough for superscripts, too little for two lines set tight.
const SAME_LINE: f64 = 0.35;
/// A step down larger than this starts a paragraph, which a blank line shows. Single spacing is about 1.2.
const PARAGRAPH_STEP: f64 = 1.7;
/// The same text drawn again this close is the same text: bold by overprinting, outline over fill, drop shadows.
const OVERPRINT: f64 = 0.15;
/// How many neighbours on its line a segment is compared with. Overprints are drawn two to four times; a page made to
/// be slow draws all its text at one point.
const MAX_COMPARED: usize = 64;

/// Which way a line of text runs on the upright page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Right,
    Down,
    Up,
    Left,
}

impl Direction {
    /// In the order in which they are read on one page.
    const ALL: [Self; 4] = [Self::Right, Self::Down, Self::Up, Self::Left];

    /// A point of the page (y down) as position along the line and across the lines; both grow in reading order.
    pub(crate) fn coordinates(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Right => (x, y),
            Self::Down => (y, -x),
            Self::Up => (-y, x),
            Self::Left => (-x, -y),
        }
    }
}

/// A glyph in the coordinates of its direction.
#[derive(Debug)]
pub(crate) struct PlacedGlyph {
    pub(crate) text: String,
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) baseline: f64,
    pub(crate) size: f64,
}

/// The glyphs of one drawing call that run in one direction.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) direction: Direction,
    pub(crate) visible: bool,
    pub(crate) glyphs: Vec<PlacedGlyph>,
}

/// A piece of a line that was drawn in one go.
#[derive(Debug, Clone)]
struct Segment {
    text: String,
    start: f64,
    end: f64,
    baseline: f64,
    size: f64,
    visible: bool,
    /// Whether white space was drawn before or after the text.
    space_before: bool,
    space_after: bool,
}

/// The text of a page.
pub(crate) fn text(runs: Vec<Run>) -> String {
    let mut by_direction: [Vec<Segment>; 4] = Default::default();
    for run in runs {
        by_direction[run.direction as usize].extend(segments(run));
    }
    let blocks = Direction::ALL.into_iter().map(|direction| std::mem::take(&mut by_direction[direction as usize]));
    let blocks: Vec<String> = blocks.map(|segments| block(lines(segments))).filter(|block| !block.is_empty()).collect();
    blocks.join("\n\n")
}

/// Breaks a run where it leaves its line, steps back or jumps ahead.
fn segments(run: Run) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut space = false;
    for glyph in run.glyphs {
        if glyph.text.trim().is_empty() {
            space = true;
            continue;
        }
        match segments.last_mut() {
            Some(segment) if continues(segment, &glyph) => {
                if space || glyph.start - segment.end > WORD_GAP * glyph.size {
                    segment.text.push(' ');
                }
                segment.text.push_str(&glyph.text);
                segment.end = segment.end.max(glyph.end);
            }
            last => {
                if let Some(segment) = last {
                    segment.space_after = space;
                }
                segments.push(Segment::new(glyph, run.visible, space));
            }
        }
        space = false;
    }
    if let Some(segment) = segments.last_mut() {
        segment.space_after = space;
    }
    segments
}

fn continues(segment: &Segment, glyph: &PlacedGlyph) -> bool {
    let gap = glyph.start - segment.end;
    let step_back = -0.5 * glyph.size;
    (glyph.baseline - segment.baseline).abs() < SAME_LINE * glyph.size
        && gap > step_back
        && gap < COLUMN_GAP * glyph.size
}

impl Segment {
    fn new(glyph: PlacedGlyph, visible: bool, space_before: bool) -> Self {
        let PlacedGlyph { text, start, end, baseline, size } = glyph;
        Self { text, start, end, baseline, size, visible, space_before, space_after: false }
    }

    fn is_over(&self, other: &Self) -> bool {
        let shared = self.end.min(other.end) - self.start.max(other.start);
        shared > 0.5 * (self.end - self.start)
    }
}

/// Groups segments by baseline, from the top of the page to its bottom.
fn lines(mut segments: Vec<Segment>) -> Vec<Vec<Segment>> {
    segments.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut lines: Vec<Vec<Segment>> = Vec::new();
    for segment in segments {
        match lines.last_mut() {
            Some(line) if segment.baseline - line[0].baseline < SAME_LINE * segment.size.min(line[0].size) => {
                line.push(segment);
            }
            _ => lines.push(vec![segment]),
        }
    }
    lines.into_iter().map(without_overprints).collect()
}

/// Orders a line and drops text that is drawn twice at one place, and hidden text under visible text.
fn without_overprints(mut line: Vec<Segment>) -> Vec<Segment> {
    line.sort_by(|a, b| a.start.total_cmp(&b.start));
    let visible: Vec<Segment> = line.iter().filter(|segment| segment.visible).cloned().collect();
    let mut kept: Vec<Segment> = Vec::with_capacity(line.len());
    for segment in line {
        let near = |other: &&Segment| segment.start - other.start < OVERPRINT * segment.size;
        let repeated = kept.iter().rev().take(MAX_COMPARED).take_while(near).any(|other| other.text == segment.text);
        let hidden = !segment.visible && covered(&segment, &visible);
        if !repeated && !hidden {
            kept.push(segment);
        }
    }
    kept
}

/// Whether visible text lies over most of a segment. `visible` is ordered by start.
fn covered(segment: &Segment, visible: &[Segment]) -> bool {
    let reachable = visible.partition_point(|other| other.start < segment.end);
    visible[..reachable].iter().rev().take(MAX_COMPARED).any(|other| segment.is_over(other))
}

fn block(lines: Vec<Vec<Segment>>) -> String {
    let mut text = String::new();
    let mut above: Option<(f64, f64)> = None;
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let size = line.iter().map(|segment| segment.size).fold(0.0, f64::max);
        if let Some((baseline, size_above)) = above {
            let step = line[0].baseline - baseline;
            text.push_str(if step > PARAGRAPH_STEP * size.max(size_above) { "\n\n" } else { "\n" });
        }
        push_line(&mut text, line);
        above = Some((line[0].baseline, size));
    }
    text
}

fn push_line(text: &mut String, line: &[Segment]) {
    let mut before: Option<&Segment> = None;
    for segment in line {
        if let Some(before) = before {
            let gap = segment.start - before.end;
            let overlaps = gap < -0.5 * segment.size;
            if gap > COLUMN_GAP * segment.size {
                text.push_str("  ");
            } else if overlaps || before.space_after || segment.space_before || gap > WORD_GAP * segment.size {
                text.push(' ');
            }
        }
        text.push_str(&segment.text);
        before = Some(segment);
    }
}
