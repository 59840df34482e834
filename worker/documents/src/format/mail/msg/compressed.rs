//! Compressed RTF (MS-OXRTFCP): LZ77 with a window that starts with the words of every RTF file.

use super::missing;
use crate::error::Error;
use crate::limits::Limits;

const HEADER: usize = 16;
const COMPRESSED: u32 = 0x7546_5a4c;
const UNCOMPRESSED: u32 = 0x414c_454d;
const WINDOW: usize = 4096;
const START: &[u8] =
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
    \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \
    \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// The RTF file. Its size in the header is not believed, nor is its checksum verified: the reader of RTF judges it.
pub(crate) fn inflate(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    let broken = || missing("its compressed text is cut off");
    let kind = bytes.get(8..12).and_then(|kind| kind.first_chunk()).map(|kind| u32::from_le_bytes(*kind));
    let body = bytes.get(HEADER..).ok_or_else(broken)?;
    match kind {
        Some(UNCOMPRESSED) => Ok(body.to_vec()),
        Some(COMPRESSED) => decode(body, limits),
        _ => Err(missing("its compressed text has an unknown form")),
    }
}

/// Each control byte tells of the next eight: a letter, or a place in the window and a length. A place at the end of the
/// window says that the text is over; text that is cut off is kept as far as it goes.
fn decode(body: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    let mut text = Text::new();
    let mut bytes = body.iter().copied();
    while let Some(control) = bytes.next() {
        for bit in 0..8 {
            if control >> bit & 1 == 0 {
                let Some(byte) = bytes.next() else { return Ok(text.bytes) };
                text.push(byte);
                continue;
            }
            let (Some(high), Some(low)) = (bytes.next(), bytes.next()) else { return Ok(text.bytes) };
            let token = u16::from_be_bytes([high, low]);
            let (place, length) = (usize::from(token >> 4), usize::from(token & 0xf) + 2);
            if place == text.end {
                return Ok(text.bytes);
            }
            for place in place..place + length {
                text.push(text.window[place % WINDOW]);
            }
            limits.check_text_bytes(text.bytes.len())?;
        }
    }
    Ok(text.bytes)
}

/// The text so far and the window that it runs through.
struct Text {
    bytes: Vec<u8>,
    window: [u8; WINDOW],
    end: usize,
}

impl Text {
    fn new() -> Self {
        let mut text = Self { bytes: Vec::new(), window: [0; WINDOW], end: 0 };
        START.iter().for_each(|byte| text.push(*byte));
        text.bytes.clear();
        text
    }

    fn push(&mut self, byte: u8) {
        self.window[self.end] = byte;
        self.end = (self.end + 1) % WINDOW;
        self.bytes.push(byte);
    }
}
