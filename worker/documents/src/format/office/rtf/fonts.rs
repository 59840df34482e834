//! The fonts of RTF, for the code pages of their characters.

use std::collections::HashMap;

use encoding_rs::Encoding;

use crate::format::office::codepage;

/// The character set of fonts of symbols.
const SYMBOLS: i32 = 2;

/// How the bytes of a font become characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Charset {
    Text(&'static Encoding),
    Symbols,
}

/// The fonts of a document.
#[derive(Debug)]
pub(super) struct Fonts {
    by_number: HashMap<i32, Charset>,
    /// That of the document.
    pub(super) default: &'static Encoding,
    /// The font of text that names none.
    pub(super) usual: i32,
    /// The font that is being declared.
    declared: i32,
}

impl Fonts {
    pub(super) fn new() -> Self {
        Self { by_number: HashMap::new(), default: encoding_rs::WINDOWS_1252, usual: 0, declared: 0 }
    }

    /// A control word in the table of fonts.
    pub(super) fn declare(&mut self, word: &str, number: i32) {
        match word {
            "f" => self.declared = number,
            "fcharset" if number == SYMBOLS => {
                self.by_number.insert(self.declared, Charset::Symbols);
            }
            "fcharset" => {
                if let Some(page) = code_page(number) {
                    self.by_number.insert(self.declared, Charset::Text(codepage::encoding(page)));
                }
            }
            "cpg" => {
                let page = u16::try_from(number).unwrap_or(0);
                self.by_number.insert(self.declared, Charset::Text(codepage::encoding(page)));
            }
            _ => {}
        }
    }

    pub(super) fn charset(&self, font: i32) -> Charset {
        self.by_number.get(&font).copied().unwrap_or(Charset::Text(self.default))
    }
}

/// The code page of a character set of Windows; nothing for that of the document.
fn code_page(charset: i32) -> Option<u16> {
    Some(match charset {
        77 => 10_000,
        128 => 932,
        129 | 130 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178..=180 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
