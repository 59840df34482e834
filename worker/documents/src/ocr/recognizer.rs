//! From a picture to its lines and words.

use std::borrow::Cow;
use std::sync::Arc;

use image::{RgbImage, imageops};
use rten::ThreadPool;

use super::area::{Bounds, Point};
use super::crop::{self, Stance, Strip};
use super::detector::{self, Detector, Found};
use super::reader::{Reader, Seen};
use super::words::words;
use super::{Failure, stance, tiles};

/// A picture with a longer side is made smaller first: it is A4 at 340 dots an inch, and finer than the reader sees.
const MAX_SIDE: u32 = 4_000;
/// Lines less sure than this are not text: stamps, signatures, the grain of paper.
const MIN_SCORE: f32 = 0.5;
/// A line of print with ascenders and descenders, and its font, in heights of its core: how far the line reaches above
/// and below it, how far below it the letters stand, and the font's size. Measured on DejaVu Sans and Serif.
const ABOVE: f32 = 0.27;
const BELOW: f32 = 0.45;
const BASELINE: f32 = 0.12;
const SIZE: f32 = 1.53;
/// Lines by which it is told whether a page stands on its head.
const PROBES: usize = 4;
/// A probe is about this many times as long as its core is high: some words. Longer lines cost more.
const PROBE: f32 = 30.0;
/// Probes that are read this surely stand upright: upside down, print is read with less than 0.7.
const SURE: f32 = 0.9;
/// A line this many times as high as wide is read from bottom to top or from top to bottom.
const STANDING: f32 = 2.5;
/// Lines whose core is less high than this, in the detector's pixels, are small print: they are looked for again, larger.
/// A page of A4 in 7 points, whose cores are 5 high, is read with 0.1 % of errors as it is, at 1.1 times the cost of one
/// detection and reading; looked for again in four tiles, it was at 1.9 times.
const SMALL_PRINT: f32 = 4.5;
/// So large that their core is about this high, in the detector's pixels.
const PRINT: f32 = 8.0;
/// But at most this many times as large as before: what is smaller still is not read anyway.
const MAX_LARGER: f32 = 2.0;

/// The networks, loaded.
pub(crate) struct Recognizer {
    detector: Detector,
    reader: Reader,
}

/// What was recognised on a picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Recognized {
    /// The width of the picture, upright, in its own pixels.
    pub(crate) width: f32,
    /// Its height.
    pub(crate) height: f32,
    /// By how many quarter turns, clockwise, the picture was turned to stand upright.
    pub(crate) turns: u32,
    /// How steeply its lines fell to the right then, in radians. The places are where the words would be if they did not.
    pub(crate) slant: f32,
    /// The lines, from top to bottom.
    pub(crate) lines: Vec<RecognizedLine>,
}

/// A line of text, in pixels of the upright picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RecognizedLine {
    pub(crate) words: Vec<RecognizedWord>,
    /// Where its letters stand.
    pub(crate) baseline: f32,
    /// The size of its font.
    pub(crate) size: f32,
}

/// A word of a line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RecognizedWord {
    pub(crate) text: String,
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
    pub(crate) score: f32,
}

/// The cores of the lines of a picture, in axes turned by its slant.
struct Lines {
    slant: f32,
    cores: Vec<Bounds>,
}

impl Recognizer {
    /// Loads the two networks, to be run on one thread.
    pub(crate) fn load(detector: Vec<u8>, reader: Vec<u8>) -> Result<Self, Failure> {
        let threads = Arc::new(ThreadPool::with_num_threads(1));
        Ok(Self { detector: Detector::load(detector, &threads)?, reader: Reader::load(reader, &threads)? })
    }

    /// Reads a picture, however it lies.
    pub(crate) fn recognize(&self, picture: &RgbImage) -> Result<Recognized, Failure> {
        let (mut picture, shrunk) = shrunk(picture);
        let mut found = self.detect(&picture)?;
        let mut turns = 0;
        if stance::is_sideways(found.iter().map(|(_, found)| found)) {
            turns = 1;
            picture = Cow::Owned(imageops::rotate90(&*picture));
            found = self.detect(&picture)?;
        }
        let mut lines = lines(&found);
        let mut read = match self.probe(&picture, &lines)? {
            Probes::Upright(read) => read,
            Probes::UpsideDown => {
                turns += 2;
                picture = Cow::Owned(imageops::rotate180(&*picture));
                lines = lines.upside_down(&picture);
                Vec::new()
            }
        };
        let mut result = Vec::with_capacity(lines.cores.len());
        for (index, core) in lines.cores.iter().enumerate() {
            let line = match read.iter().position(|(probe, _)| *probe == index) {
                Some(at) => read.swap_remove(at).1,
                None => self.read(&picture, core, lines.slant)?,
            };
            result.extend(line);
        }
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let mut recognized = Recognized { width, height, turns, slant: lines.slant, lines: result };
        recognized.straighten();
        recognized.enlarge(shrunk);
        Ok(recognized)
    }

    /// Detection and reading of every line, once, of a picture that is known to stand upright: the least that recognition
    /// by these networks can cost. Gives the number of characters read.
    pub(crate) fn recognize_bare(&self, picture: &RgbImage) -> Result<usize, Failure> {
        let scale = detector::scale(picture.width(), picture.height());
        let mut characters = 0;
        for found in self.detector.detect(picture, scale)? {
            let bounds = whole(&Bounds::around(&found.outline, 0.0));
            characters += self.reader.read(&crop::cut(picture, &bounds, 0.0, Stance::Upright))?.len();
        }
        Ok(characters)
    }

    /// The lines of all tiles, each with the number of its tile.
    fn detect(&self, picture: &RgbImage) -> Result<Vec<(usize, Found)>, Failure> {
        let (width, height) = picture.dimensions();
        let parts = tiles::by_shape(width, height);
        let Some(scale) = parts.first().map(|tile| tiles::scale(tile, parts.len())) else { return Ok(Vec::new()) };
        let found = self.detect_in(picture, &parts, scale)?;
        let mut breadths: Vec<f32> = found.iter().map(|(_, found)| found.breadth * scale).collect();
        breadths.sort_by(f32::total_cmp);
        match breadths.get(breadths.len() / 2) {
            Some(&median) if median < SMALL_PRINT && parts.len() == 1 && scale < 0.7 => {
                let larger = scale * (PRINT / median).min(MAX_LARGER);
                self.detect_in(picture, &tiles::strips(width, height, larger), larger)
            }
            _ => Ok(found),
        }
    }

    /// The lines of these parts, shown at this scale.
    fn detect_in(&self, picture: &RgbImage, parts: &[tiles::Tile], scale: f32) -> Result<Vec<(usize, Found)>, Failure> {
        if parts.len() == 1 {
            return Ok(self.detector.detect(picture, scale)?.into_iter().map(|found| (0, found)).collect());
        }
        let mut all = Vec::new();
        for (number, tile) in parts.iter().enumerate() {
            let found = self.detector.detect(&tile.of(picture), scale)?;
            let placed = found.into_iter().map(|found| (number, found.on_picture(tile)));
            all.extend(placed.filter(|(_, found)| !tile.may_cut(found.middle(), picture.height())));
        }
        Ok(all)
    }

    /// Reads a few lines to see whether the page stands on its head.
    fn probe(&self, picture: &RgbImage, lines: &Lines) -> Result<Probes, Failure> {
        let mut order: Vec<usize> = (0..lines.cores.len()).collect();
        let ratio = |index: &usize| lines.cores.get(*index).map_or(0.0, |core| core.width() / core.height().max(1.0));
        order.sort_by(|a, b| (ratio(a) - PROBE).abs().total_cmp(&(ratio(b) - PROBE).abs()));
        let (mut read, mut strips) = (Vec::new(), Vec::new());
        for index in order.into_iter().filter(|index| ratio(index) > STANDING).take(PROBES) {
            let Some(core) = lines.cores.get(index) else { continue };
            let strip = crop::cut(picture, &whole(core), lines.slant, Stance::Upright);
            let seen = self.reader.read(&strip)?;
            read.push((index, score(&seen), placed(&seen, &strip, core)));
            strips.push(strip);
        }
        let mean = |scores: &[f32]| scores.iter().sum::<f32>() / scores.len().max(1) as f32;
        let upright: Vec<f32> = read.iter().map(|(_, score, _)| *score).collect();
        if !read.is_empty() && mean(&upright) < SURE {
            let mut upside_down = Vec::with_capacity(strips.len());
            for strip in &strips {
                upside_down.push(score(&self.reader.read(&strip.upside_down())?));
            }
            if mean(&upside_down) > mean(&upright) {
                return Ok(Probes::UpsideDown);
            }
        }
        Ok(Probes::Upright(read.into_iter().map(|(index, _, line)| (index, line)).collect()))
    }

    /// Reads one line.
    fn read(&self, picture: &RgbImage, core: &Bounds, slant: f32) -> Result<Option<RecognizedLine>, Failure> {
        let bounds = &whole(core);
        if bounds.height() <= STANDING * bounds.width() {
            let strip = crop::cut(picture, bounds, slant, Stance::Upright);
            return Ok(placed(&self.reader.read(&strip)?, &strip, core));
        }
        let rising = self.reader.read(&crop::cut(picture, bounds, slant, Stance::Rising))?;
        let falling = self.reader.read(&crop::cut(picture, bounds, slant, Stance::Falling))?;
        let seen = if score(&rising) >= score(&falling) { rising } else { falling };
        let text: String = seen.iter().map(|seen| seen.character).collect();
        let score = score(&seen);
        let word = RecognizedWord {
            text: text.trim().to_owned(),
            left: bounds.left,
            top: bounds.top,
            right: bounds.right,
            bottom: bounds.bottom,
            score,
        };
        let line = RecognizedLine { words: vec![word], baseline: core.bottom, size: SIZE * core.width() };
        Ok((score >= MIN_SCORE && !text.trim().is_empty()).then_some(line))
    }
}

/// What a few lines say of how the page stands.
enum Probes {
    /// As it is. The lines that were read, by their numbers.
    Upright(Vec<(usize, Option<RecognizedLine>)>),
    UpsideDown,
}

/// The picture at a size that the networks can make use of, and by how much it was made smaller.
fn shrunk(picture: &RgbImage) -> (Cow<'_, RgbImage>, f32) {
    let side = picture.width().max(picture.height());
    if side <= MAX_SIDE {
        return (Cow::Borrowed(picture), 1.0);
    }
    let by = side as f32 / MAX_SIDE as f32;
    let length = |length: u32| ((length as f32 / by).round() as u32).max(1);
    (Cow::Owned(imageops::thumbnail(picture, length(picture.width()), length(picture.height()))), by)
}

/// A line with its margins.
fn whole(core: &Bounds) -> Bounds {
    core.grown(detector::margin(core.width(), core.height()))
}

/// The lines that the detector found, each once.
fn lines(found: &[(usize, Found)]) -> Lines {
    let slant = stance::slant(found.iter().map(|(_, found)| found));
    let cores = found.iter().map(|(tile, found)| (*tile, Bounds::around(&found.outline, slant)));
    let mut cores = tiles::merged(cores.collect());
    cores.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    Lines { slant, cores }
}

impl Lines {
    /// The same lines on the picture turned by half a turn.
    fn upside_down(self, picture: &RgbImage) -> Self {
        // The corner at the lower right becomes the origin; the slant stays.
        let corner = Point { x: picture.width() as f32, y: picture.height() as f32 }.turned(-self.slant);
        let turned = |core: &Bounds| Bounds {
            left: corner.x - core.right,
            top: corner.y - core.bottom,
            right: corner.x - core.left,
            bottom: corner.y - core.top,
        };
        Self { slant: self.slant, cores: self.cores.iter().rev().map(turned).collect() }
    }
}

/// How sure a line is.
fn score(seen: &[Seen]) -> f32 {
    seen.iter().map(|seen| seen.score).sum::<f32>() / seen.len().max(1) as f32
}

/// The line of these characters, in the axes of its core; none if it is not sure enough to be text.
fn placed(seen: &[Seen], strip: &Strip, core: &Bounds) -> Option<RecognizedLine> {
    let score = score(seen);
    if seen.is_empty() || score < MIN_SCORE {
        return None;
    }
    let bounds = whole(core);
    let column = bounds.width() / strip.width.max(1) as f32;
    let words: Vec<RecognizedWord> = words(seen, &strip.ink())
        .into_iter()
        .map(|word| RecognizedWord {
            text: word.text,
            left: bounds.left + word.left * column,
            top: core.top - ABOVE * core.height(),
            right: bounds.left + word.right * column,
            bottom: core.bottom + BELOW * core.height(),
            score: word.score,
        })
        .collect();
    let baseline = core.bottom + BASELINE * core.height();
    (!words.is_empty()).then_some(RecognizedLine { words, baseline, size: SIZE * core.height() })
}

impl Recognized {
    /// Moves everything from the axes of the slanted lines to those of a page that was turned straight about its middle.
    fn straighten(&mut self) {
        let middle = Point { x: self.width / 2.0, y: self.height / 2.0 };
        let turned = middle.turned(-self.slant);
        let (x, y) = (middle.x - turned.x, middle.y - turned.y);
        for line in &mut self.lines {
            line.baseline += y;
            for word in &mut line.words {
                word.left += x;
                word.right += x;
                word.top += y;
                word.bottom += y;
            }
        }
    }

    /// Goes back to the size of the picture before it was made smaller.
    fn enlarge(&mut self, by: f32) {
        self.width *= by;
        self.height *= by;
        for line in &mut self.lines {
            line.baseline *= by;
            line.size *= by;
            for word in &mut line.words {
                word.left *= by;
                word.right *= by;
                word.top *= by;
                word.bottom *= by;
            }
        }
    }
}
