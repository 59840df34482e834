//! What glyphs stand for.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;

/// The advance assumed for a font that gives none, in thousandths of the font size: the width of a digit in most fonts.
const DEFAULT_ADVANCE: f64 = 500.0;
/// Codes whose meaning is kept: all of a simple font; of a composite one, as many as a line has different ones.
const KEPT: usize = 256;

/// The characters of a glyph, without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Letters {
    /// Only white space, or nothing at all.
    Blank,
    One(char),
    Many(String),
}

/// What a glyph stands for, and how far the next one is from it in thousandths of the font size.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    /// Nothing if the file does not say it.
    pub(super) letters: Option<Letters>,
    pub(super) advance: f64,
}

/// The meanings of the codes of one run, which is in one font. To look one up costs more than all else that is done for a
/// glyph, and a line of text uses each of some thirty codes several times. Which font it is cannot be told from a glyph,
/// so nothing is kept for the next run.
#[derive(Debug)]
pub(super) struct Meanings {
    run: u64,
    codes: Box<[Option<Known>; KEPT]>,
}

#[derive(Debug, Clone)]
struct Known {
    run: u64,
    code: u32,
    meaning: Meaning,
}

impl Meanings {
    pub(super) fn new() -> Self {
        Self { run: 0, codes: Box::new([const { None }; KEPT]) }
    }

    /// Forgets the font of the last run.
    pub(super) fn start_run(&mut self) {
        self.run += 1;
    }

    #[inline]
    pub(super) fn of(&mut self, glyph: &Glyph<'_>) -> &Meaning {
        let (run, code) = (self.run, glyph.char_code());
        let place = &mut self.codes[code as usize % KEPT];
        if place.as_ref().is_none_or(|known| known.run != run || known.code != code) {
            *place = None;
        }
        &place.get_or_insert_with(|| Known { run, code, meaning: Meaning::of(glyph) }).meaning
    }
}

impl Meaning {
    fn of(glyph: &Glyph<'_>) -> Self {
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        Self { letters: letters(glyph), advance: advance.map_or(DEFAULT_ADVANCE, f64::from) }
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
