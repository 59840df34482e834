//! Formats that their first bytes name.

use super::Kind;

/// The PDF specification lets other bytes precede the header; readers look this far for it.
pub(super) const PDF_HEADER_WINDOW: usize = 1024;

/// Signatures at the very start. TIFF is written in both byte orders, and 43 in place of 42 has 64-bit offsets.
const SIGNATURES: [(&[u8], Kind); 8] = [
    (b"\x89PNG\r\n\x1a\n", Kind::Png),
    (b"\xff\xd8\xff", Kind::Jpeg),
    (b"II*\0", Kind::Tiff),
    (b"MM\0*", Kind::Tiff),
    (b"II+\0", Kind::Tiff),
    (b"MM\0+", Kind::Tiff),
    (b"GIF87a", Kind::Gif),
    (b"GIF89a", Kind::Gif),
];

/// The format that a signature names.
pub(super) fn signature(bytes: &[u8]) -> Option<Kind> {
    if let Some((_, kind)) = SIGNATURES.iter().find(|(tag, _)| bytes.starts_with(tag)) {
        return Some(*kind);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(Kind::Webp);
    }
    if is_bmp(bytes) {
        return Some(Kind::Bmp);
    }
    has_pdf_header(bytes).then_some(Kind::Pdf)
}

/// What a binary file of a format without a reader looks like.
pub(super) fn name(bytes: &[u8]) -> String {
    infer::get(bytes).map_or("binary data of unknown type", |found| found.mime_type()).to_owned()
}

fn has_pdf_header(bytes: &[u8]) -> bool {
    let window = &bytes[..bytes.len().min(PDF_HEADER_WINDOW)];
    window.windows(b"%PDF-".len()).any(|tag| tag == b"%PDF-")
}

/// Two letters are no signature, so the header after them has to be one of those that exist: their sizes from OS/2 1 to
/// Windows 98.
fn is_bmp(bytes: &[u8]) -> bool {
    let header_size = bytes.get(14..18).and_then(|size| size.try_into().ok()).map(u32::from_le_bytes);
    bytes.starts_with(b"BM") && matches!(header_size, Some(12 | 16 | 40 | 52 | 56 | 64 | 108 | 124))
}
