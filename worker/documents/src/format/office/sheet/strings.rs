//! Strings of the XLS format: with one or two bytes a character, cut wherever a record was full.

use encoding_rs::Encoding;

/// The pieces of a record and of the records that continue it.
pub(super) struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(pieces: Vec<&'a [u8]>) -> Self {
        Self { pieces, piece: 0, at: 0 }
    }

    fn byte(&mut self) -> Option<u8> {
        loop {
            let piece = self.pieces.get(self.piece)?;
            if let Some(byte) = piece.get(self.at) {
                self.at += 1;
                return Some(*byte);
            }
            self.piece += 1;
            self.at = 0;
        }
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let left = self.pieces.get(self.piece)?.len().saturating_sub(self.at);
            if left >= count {
                self.at += count;
                return Some(());
            }
            count -= left;
            self.piece += 1;
            self.at = 0;
        }
        Some(())
    }

    /// A string of so many characters. A piece that goes on with it says anew how wide its characters are.
    pub(super) fn string(&mut self, length: usize) -> Option<String> {
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(self.u16()?) };
        let extended = if flags & 4 == 0 { 0 } else { usize::try_from(self.u32()?).ok()? };
        let mut units: Vec<u16> = Vec::new();
        let mut is_wide = flags & 1 != 0;
        while units.len() < length {
            if self.at >= self.pieces.get(self.piece)?.len() {
                self.piece += 1;
                self.at = 0;
                is_wide = self.byte()? & 1 != 0;
            }
            units.push(if is_wide { self.u16()? } else { u16::from(self.byte()?) });
        }
        self.skip(runs * 4)?;
        self.skip(extended)?;
        Some(String::from_utf16_lossy(&units))
    }
}

/// A string that a record holds: of Unicode from Excel 97 on, before that of a code page.
pub(super) fn read(bytes: &[u8], length: usize, old: Option<&'static Encoding>) -> String {
    match old {
        Some(encoding) => encoding.decode_without_bom_handling(bytes.get(..length).unwrap_or(bytes)).0.into_owned(),
        None => Pieces::new(vec![bytes]).string(length).unwrap_or_default(),
    }
}
