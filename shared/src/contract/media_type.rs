//! Whether a file is what its `data:` URL says it is. Only types whose files begin unmistakably are compared, and only what
//! begins as unmistakably as another type is a lie: anything else is for the engine to find out.

/// The first bytes of a PDF in which its header may stand.
const PDF_HEADER_WITHIN: usize = 1024;

/// A file that begins as those of another type do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("declares {declared}, but the file begins as {found} does")]
pub struct LyingMediaType {
    /// What the URL says.
    pub declared: &'static str,
    /// What the file is.
    pub found: &'static str,
}

/// A beginning that files of one type have, and of no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signature {
    Pdf,
    Png,
    Jpeg,
    Gif,
    Webp,
    Tiff,
    Bmp,
    Zip,
    Ole2,
}

use Signature::{Bmp, Gif, Jpeg, Ole2, Pdf, Png, Tiff, Webp, Zip};

const ALL: [Signature; 9] = [Pdf, Png, Jpeg, Gif, Webp, Tiff, Bmp, Zip, Ole2];

impl Signature {
    const fn name(self) -> &'static str {
        match self {
            Pdf => "application/pdf",
            Png => "image/png",
            Jpeg => "image/jpeg",
            Gif => "image/gif",
            Webp => "image/webp",
            Tiff => "image/tiff",
            Bmp => "image/bmp",
            Zip => "a ZIP container (DOCX, XLSX, PPTX, OpenDocument)",
            Ole2 => "an OLE2 container (DOC, XLS, PPT, MSG)",
        }
    }

    fn begins(self, head: &[u8]) -> bool {
        match self {
            Pdf => head.starts_with(b"%PDF-"),
            Png => head.starts_with(b"\x89PNG\r\n\x1a\n"),
            Jpeg => head.starts_with(b"\xff\xd8\xff"),
            Gif => head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a"),
            Webp => head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP"),
            // The second pair is BigTIFF.
            Tiff => [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|magic| head.starts_with(*magic)),
            // Two letters alone would be a word of a text: the reserved bytes and the size of the second header too.
            Bmp => {
                head.starts_with(b"BM")
                    && head.get(6..10) == Some(&[0; 4])
                    && matches!(head.get(14..18), Some([12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]))
            }
            Zip => head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06"),
            Ole2 => head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        }
    }
}

/// What a declared type's files begin with, and its name.
struct Declared {
    name: &'static str,
    signatures: &'static [Signature],
}

/// Office files are told apart inside their containers. One family: a DOCX with a password is in an OLE2 container, and a
/// DOC that is none is read as what it is.
const OFFICE: Declared = Declared { name: "an office document", signatures: &[Zip, Ole2] };
const OFFICE_PREFIXES: [&str; 7] = [
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-outlook",
    "application/vnd.ms-powerpoint",
    "application/vnd.ms-word",
    "application/vnd.oasis.opendocument.",
    "application/vnd.openxmlformats-officedocument.",
];

fn declared(media_type: &str) -> Option<Declared> {
    let media_type = media_type.trim().to_ascii_lowercase();
    let signatures: &[Signature] = match media_type.as_str() {
        "application/pdf" | "application/x-pdf" => &[Pdf],
        "image/png" | "image/x-png" => &[Png],
        "image/jpeg" | "image/jpg" | "image/pjpeg" => &[Jpeg],
        "image/gif" => &[Gif],
        "image/webp" => &[Webp],
        "image/tiff" | "image/tif" | "image/x-tiff" => &[Tiff],
        "image/bmp" | "image/x-bmp" | "image/x-ms-bmp" | "image/x-windows-bmp" => &[Bmp],
        office if OFFICE_PREFIXES.iter().any(|prefix| office.starts_with(prefix)) => return Some(OFFICE),
        _ => return None,
    };
    signatures.first().map(|signature| Declared { name: signature.name(), signatures })
}

/// Compares a declared type with the first bytes of the file, a KiB of them if there is one.
///
/// # Errors
/// [`LyingMediaType`].
pub fn check_media_type(media_type: &str, head: &[u8]) -> Result<(), LyingMediaType> {
    let Some(Declared { name, signatures }) = declared(media_type) else { return Ok(()) };
    let pdf_within = || head.windows(5).take(PDF_HEADER_WITHIN).any(|part| part == b"%PDF-");
    let is_true = signatures.iter().any(|signature| signature.begins(head) || (*signature == Pdf && pdf_within()));
    match ALL.into_iter().find(|signature| signature.begins(head)) {
        Some(found) if !is_true => Err(LyingMediaType { declared: name, found: found.name() }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.7\n";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF";
    const BMP: &[u8] = b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0";
    const ZIP: &[u8] = b"PK\x03\x04\x14\0";
    const OLE2: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0";
    const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    fn lie(media_type: &str, head: &[u8]) -> Option<(&'static str, &'static str)> {
        check_media_type(media_type, head).err().map(|lie| (lie.declared, lie.found))
    }

    #[test]
    fn a_file_that_begins_as_another_type_does_is_named_with_both() {
        assert_eq!(lie("application/pdf", PNG), Some(("application/pdf", "image/png")));
        assert_eq!(lie("Image/PNG", PDF), Some(("image/png", "application/pdf")));
        assert_eq!(lie("image/jpg", BMP), Some(("image/jpeg", "image/bmp")));
        assert_eq!(lie("image/gif", JPEG), Some(("image/gif", "image/jpeg")));
        assert_eq!(lie("image/webp", b"GIF89a;"), Some(("image/webp", "image/gif")));
        assert_eq!(lie("image/tiff", b"RIFF\x10\0\0\0WEBPVP8 "), Some(("image/tiff", "image/webp")));
        assert_eq!(lie("image/bmp", b"MM\0*\0\0"), Some(("image/bmp", "image/tiff")));
        assert_eq!(lie("application/pdf", ZIP).map(|(_, found)| found), Some(Zip.name()));
        assert_eq!(lie(DOCX, PDF), Some(("an office document", "application/pdf")));
        assert_eq!(lie("application/msword", JPEG), Some(("an office document", "image/jpeg")));
    }

    #[test]
    fn a_file_of_its_type_is_true_and_so_is_one_that_begins_like_nothing() {
        let honest: [(&str, &[u8]); 9] = [
            ("application/pdf", PDF),
            ("image/png", PNG),
            ("image/pjpeg", JPEG),
            ("image/gif", b"GIF87a"),
            ("image/webp", b"RIFF\x10\0\0\0WEBP"),
            ("image/tiff", b"II*\0"),
            ("image/x-ms-bmp", BMP),
            (DOCX, ZIP),
            ("application/vnd.ms-excel", OLE2),
        ];
        for (media_type, head) in honest {
            assert_eq!(lie(media_type, head), None, "{media_type}");
            assert_eq!(lie(media_type, b"a text"), None, "{media_type}");
            assert_eq!(lie(media_type, b""), None, "{media_type}");
        }
    }

    #[test]
    fn what_people_send_under_another_name_is_not_a_lie() {
        // A DOCX with a password, a DOCX that is called DOC, a CSV by the name that Windows has for it.
        assert_eq!(lie(DOCX, OLE2), None);
        assert_eq!(lie("application/msword", ZIP), None);
        assert_eq!(lie("application/vnd.ms-excel", b"a;b;c\n"), None);
        for silent in ["", "application/octet-stream", "text/plain", "text/html", "application/json", "image/svg+xml"] {
            assert_eq!(lie(silent, PDF), None, "{silent}");
        }
        assert_eq!(lie("image/png", b"BMW sells cars and nothing else"), None);
    }

    #[test]
    fn the_header_of_a_pdf_may_stand_in_the_first_kib() {
        let after = |bytes: usize| [JPEG, &vec![b' '; bytes - JPEG.len()], PDF].concat();
        assert_eq!(lie("application/pdf", &after(1023)), None);
        assert_eq!(lie("application/pdf", &after(1024)), Some(("application/pdf", "image/jpeg")));
    }
}
