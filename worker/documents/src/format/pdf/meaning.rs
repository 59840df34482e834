//! What glyphs stand for.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;

/// The advance assumed for a font that gives none, in thousandths of the font size: the width of a digit in most fonts.
const DEFAULT_ADVANCE: f64 = 500.0;

/// The characters of a glyph, without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Letters {
    One(char),
    Many(String),
}

/// What a glyph stands for, and how far the next one is from it in thousandths of the font size.
#[derive(Debug, Clone)]
pub(crate) struct Meaning {
    /// Nothing if the file does not say it.
    pub(crate) letters: Option<Letters>,
    pub(crate) advance: f64,
}

/// The meanings of the codes of one run, which is in one font. To look one up costs more than all else that is done for a
/// glyph, and a line of text uses each of some twenty codes several times.
#[derive(Debug)]
pub(crate) struct Meanings {
    run: u64,
    codes: Vec<Option<(u64, Meaning)>>,
}

impl Meanings {
    pub(crate) fn new() -> Self {
        Self { run: 0, codes: vec![None; 256] }
    }

    /// Forgets the font of the last run.
    pub(crate) fn start_run(&mut self) {
        self.run += 1;
    }

    pub(crate) fn of(&mut self, glyph: &Glyph<'_>) -> Meaning {
        let code = usize::try_from(glyph.char_code()).unwrap_or(usize::MAX);
        match self.codes.get_mut(code) {
            Some(Some((run, meaning))) if *run == self.run => meaning.clone(),
            Some(known) => known.insert((self.run, Meaning::of(glyph))).1.clone(),
            None => Meaning::of(glyph),
        }
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
        BfString::Char(character) if character.is_control() => Some(Letters::Many(String::new())),
        BfString::Char(character) => Some(Letters::One(character)),
        BfString::String(text) if text.is_empty() || text.contains(char::REPLACEMENT_CHARACTER) => None,
        BfString::String(text) => Some(Letters::Many(text.replace(char::is_control, ""))),
    }
}

impl Letters {
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::One(character) => character.is_whitespace(),
            Self::Many(text) => text.trim().is_empty(),
        }
    }

    pub(crate) fn push_to(&self, text: &mut String) {
        match self {
            Self::One(character) => text.push(*character),
            Self::Many(more) => text.push_str(more),
        }
    }
}
