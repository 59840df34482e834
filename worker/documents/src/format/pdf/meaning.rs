//! What glyphs stand for.

use std::sync::Arc;

use hayro_interpret::font::{FontData, Glyph};
use hayro_interpret::hayro_cmap::BfString;

use super::fonts::Apart;
use super::stance::UNITS_PER_EM;

/// The advance assumed for a font that gives none, in em: the width of a digit in most fonts.
const DEFAULT_ADVANCE: f64 = 0.5;
/// Codes whose meaning is kept: all of a simple font; of a composite one, as many as a line has different ones.
const KEPT: usize = 256;
/// Programs that are told apart; a page has some four.
const MAX_PROGRAMS: usize = 16;
/// The mark of no font.
const NO_FONT: u64 = 0;

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

/// The meanings of codes. To look one up costs more than all else that is done for a glyph, and a line of text uses each of
/// some thirty codes several times. They are kept for the page where the fonts of the page can be told apart, and otherwise
/// for the run, which is in one font. It is made once for all pages.
pub(super) struct Meanings {
    apart: Apart,
    /// The programs met on this page, and the marks of their fonts.
    programs: Vec<(FontData, u64)>,
    /// Marks that were given.
    marks: u64,
    /// That of this run's font.
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
    pub(super) fn new() -> Self {
        let nothing = Known { mark: NO_FONT, code: 0, meaning: Meaning { letters: None, advance: 0.0 } };
        let codes = vec![nothing; KEPT].into();
        Self { apart: Apart::unknown(), programs: Vec::new(), marks: NO_FONT, mark: NO_FONT, codes }
    }

    /// Forgets the fonts of the last page.
    pub(super) fn start_page(&mut self, apart: Apart) {
        self.apart = apart;
        self.programs.clear();
    }

    /// Takes the font of the run that begins with this glyph.
    pub(super) fn start_run(&mut self, first: &Glyph<'_>) {
        let program = match first {
            // Asked for every run: a program that stands in for a missing one may turn up in the middle of a page.
            Glyph::Outline(outline) if self.apart.holds() => outline.font_data().map(|font| font.data),
            _ => None,
        };
        let known = program.as_ref().and_then(|program| {
            self.programs.iter().find(|(other, _)| Arc::ptr_eq(other, program)).map(|(_, mark)| *mark)
        });
        self.mark = known.unwrap_or_else(|| {
            self.marks += 1;
            if let Some(program) = program.filter(|_| self.programs.len() < MAX_PROGRAMS) {
                self.programs.push((program, self.marks));
            }
            self.marks
        });
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
