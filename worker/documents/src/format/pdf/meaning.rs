//! What glyphs stand for.

use std::sync::Arc;

use hayro_interpret::font::{FontData, Glyph};
use hayro_interpret::hayro_cmap::BfString;

use super::fonts::Apart;

/// The advance assumed for a font that gives none, in em: the width of a digit in most fonts.
const DEFAULT_ADVANCE: f64 = 0.5;
/// Fonts give advances in thousandths of an em.
const UNITS_PER_EM: f64 = 1000.0;
/// Codes whose meaning is kept: all of a simple font; of a composite one, as many as a line has different ones.
const KEPT: usize = 256;
/// Programs that are told apart; a page has some four.
const MAX_PROGRAMS: u64 = 16;
/// The mark of no font.
const NO_FONT: u64 = u64::MAX;

/// The characters of a glyph, without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Letters {
    /// Only white space, or nothing at all.
    Blank,
    One(char),
    Many(String),
}

/// What a glyph stands for, and how far the next one is from it in em.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    /// Nothing if the file does not say it.
    pub(super) letters: Option<Letters>,
    pub(super) advance: f64,
}

/// The meanings of the codes of a page. To look one up costs more than all else that is done for a glyph, and a line of
/// text uses each of some thirty codes several times. They are kept for the page where the fonts of the page can be told
/// apart, and otherwise for the run, which is in one font.
pub(super) struct Meanings {
    apart: Apart,
    /// The programs met so far; the place of one is the mark of its font.
    programs: Vec<FontData>,
    /// Runs of fonts that cannot be told apart have marks of their own, from here on.
    next: u64,
    /// The font of this run.
    mark: u64,
    codes: Box<[Known]>,
}

#[derive(Debug, Clone)]
struct Known {
    /// In which font.
    mark: u64,
    code: u32,
    meaning: Meaning,
}

impl Meanings {
    pub(super) fn new(apart: Apart) -> Self {
        let nothing = Known { mark: NO_FONT, code: 0, meaning: Meaning { letters: None, advance: 0.0 } };
        Self { apart, programs: Vec::new(), next: MAX_PROGRAMS, mark: NO_FONT, codes: vec![nothing; KEPT].into() }
    }

    /// Takes the font of the run that begins with this glyph.
    pub(super) fn start_run(&mut self, first: &Glyph<'_>) {
        self.mark = self.mark_of(first).unwrap_or(self.next);
        self.next += 1;
    }

    fn mark_of(&mut self, glyph: &Glyph<'_>) -> Option<u64> {
        let Glyph::Outline(outline) = glyph else { return None };
        // Asked for every run: a program that stands in for a missing one may turn up in the middle of a page.
        let program = self.apart.holds().then(|| outline.font_data()).flatten()?.data;
        let known = self.programs.iter().position(|other| Arc::ptr_eq(other, &program));
        let place = known.unwrap_or(self.programs.len());
        let mark = u64::try_from(place).ok().filter(|mark| *mark < MAX_PROGRAMS)?;
        if known.is_none() {
            self.programs.push(program);
        }
        Some(mark)
    }

    #[inline]
    pub(super) fn of(&mut self, glyph: &Glyph<'_>) -> &Meaning {
        let (mark, code) = (self.mark, glyph.char_code());
        let known = &mut self.codes[code as usize % KEPT];
        if known.mark != mark || known.code != code {
            *known = Known { mark, code, meaning: Meaning::of(glyph) };
        }
        &known.meaning
    }
}

impl Meaning {
    fn of(glyph: &Glyph<'_>) -> Self {
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        Self {
            letters: letters(glyph),
            advance: advance.map_or(DEFAULT_ADVANCE, |units| f64::from(units) / UNITS_PER_EM),
        }
    }
}

fn letters(glyph: &Glyph<'_>) -> Option<Letters> {
    match glyph.as_unicode()? {
        BfString::Char(char::REPLACEMENT_CHARACTER) => None,
        BfString::Char(character) if character.is_control() || character.is_whitespace() => Some(Letters::Blank),
        BfString::Char(character) => Some(Letters::One(character)),
        BfString::String(text) if text.is_empty() || text.contains(char::REPLACEMENT_CHARACTER) => None,
        BfString::String(text) => {
            let text = text.replace(char::is_control, "");
            Some(if text.trim().is_empty() { Letters::Blank } else { Letters::Many(text) })
        }
    }
}

impl Letters {
    #[inline]
    pub(super) fn push_to(&self, text: &mut String) {
        match self {
            Self::Blank => (),
            Self::One(character) => text.push(*character),
            Self::Many(more) => text.push_str(more),
        }
    }
}
