use std::io::Write as _;

use super::{check, check_refused, document};
use crate::Source;
use crate::detect::{Kind, detect};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
const SUPPORTED: &str = "supported are PDF, DOCX, PPTX, XLSX, XLSB, DOC, PPT, XLS, ODT, ODS, ODP, RTF, HTML, MHTML, \
                         EML, MSG, SVG, PNG, JPEG, WebP, TIFF, GIF, BMP, Markdown, CSV, TSV, JSON, XML, YAML and plain \
                         text";

#[track_caller]
fn check_kind(bytes: &[u8], filename: &str, media_type: Option<&str>, kind: Kind) {
    assert_eq!(detect(&Source { bytes, filename, media_type }), Ok(kind));
}

#[test]
fn an_empty_file_is_invalid_whatever_it_is_called() {
    check_refused(
        document("a.pdf", b""),
        "document_invalid",
        "document is not valid application/pdf: the file is empty (0 bytes)",
    );
    check_refused(
        document("a.txt", b""),
        "document_invalid",
        "document is not valid text/plain: the file is empty (0 bytes)",
    );
}

#[test]
fn blank_text_is_an_error_not_an_empty_result() {
    check_refused(
        document("a.txt", b" \r\n\t\n"),
        "document_has_no_text",
        "text/plain document has no text on any of its 1 page(s)",
    );
}

#[test]
fn content_outweighs_name_and_declared_type() {
    check_kind(PNG, "a.pdf", Some("application/pdf"), Kind::Png);
    check(document("a.txt", b"\n<!DOCTYPE html><p>Hello</p>").declared("text/plain"), "text/html", &["Hello"]);
}

#[test]
fn text_that_claims_to_be_a_pdf_is_an_invalid_pdf() {
    check_refused(
        document("a.bin", b"just words").declared("application/pdf"),
        "document_invalid",
        "document is not valid application/pdf: no %PDF- header in its first 1024 bytes",
    );
}

#[test]
fn the_declared_type_goes_before_the_extension_unless_it_is_generic() {
    check(document("a.txt", b"a,b").declared("text/markdown; charset=utf-8"), "text/markdown", &["a,b"]);
    check(document("NOTES.MD", b"# a").declared("application/octet-stream"), "text/markdown", &["# a"]);
    check(document("notes.md", b"# a").declared("text/plain"), "text/markdown", &["# a"]);
}

#[test]
fn readable_text_is_what_it_is_declared_as_or_plain_text() {
    check(document("BMW", b"BM and MZ start other formats"), "text/plain", &["BM and MZ start other formats"]);
    check(document("a.json", b"{\"a\": 1}").declared("application/json"), "application/json", &["{\"a\": 1}"]);
}

#[test]
fn signatures_name_pictures_and_printed_pages() {
    for (bytes, kind) in [
        (PNG, Kind::Png),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", Kind::Jpeg),
        (b"RIFF\x1a\0\0\0WEBPVP8L", Kind::Webp),
        (b"II*\0\x08\0\0\0", Kind::Tiff),
        (b"MM\0*\0\0\0\x08", Kind::Tiff),
        (b"II+\0\x08\0\0\0", Kind::Tiff),
        (b"GIF87a\x01\0\x01\0", Kind::Gif),
        (b"GIF89a\x01\0\x01\0", Kind::Gif),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", Kind::Bmp),
        (b"\n\n%PDF-1.7\n", Kind::Pdf),
        (b"\n {\\rtf1\\ansi words}", Kind::Rtf),
    ] {
        check_kind(bytes, "a", None, kind);
        check_kind(bytes, "a.txt", Some("text/plain"), kind);
    }
}

/// A zip file of entries with these names and contents.
fn zip_of(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn office_files_are_known_by_their_parts() {
    for (part, kind) in [
        ("word/document2.xml", Kind::Docx),
        ("ppt/presentation.xml", Kind::Pptx),
        ("xl/workbook.xml", Kind::Xlsx),
        ("xl/workbook.bin", Kind::Xlsb),
    ] {
        let file = zip_of(&[("[Content_Types].xml", "<Types/>"), ("docProps/app.xml", "<x/>"), (part, "<x/>")]);
        check_kind(&file, "a.pdf", None, kind);
        // Without its directory, as a file that was cut in transit.
        check_kind(&file[..file.len() - 60], "a.pdf", None, kind);
    }
    for (media_type, kind) in [
        ("application/vnd.oasis.opendocument.text", Kind::Odt),
        ("application/vnd.oasis.opendocument.text-template", Kind::Odt),
        ("application/vnd.oasis.opendocument.spreadsheet", Kind::Ods),
        ("application/vnd.oasis.opendocument.spreadsheet-template", Kind::Ods),
        ("application/vnd.oasis.opendocument.presentation", Kind::Odp),
    ] {
        check_kind(&zip_of(&[("mimetype", media_type), ("content.xml", "<x/>")]), "a.zip", None, kind);
    }
}

/// An OLE compound file with these streams and storages.
fn compound_of(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    for stream in streams {
        if let Some((storage, _)) = stream.trim_start_matches('/').split_once('/') {
            file.create_storage(format!("/{storage}")).unwrap();
        }
        file.create_stream(stream).unwrap().write_all(b"content").unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn compound_files_are_known_by_the_streams_at_their_root() {
    for (streams, kind) in [
        (&["/WordDocument", "/ObjectPool/Workbook"][..], Kind::Doc),
        (&["/Workbook"], Kind::Xls),
        (&["/Book"], Kind::Xls),
        (&["/PowerPoint Document"], Kind::Ppt),
        (&["/__properties_version1.0", "/WordDocument"], Kind::Msg),
    ] {
        check_kind(&compound_of(streams), "a.pdf", None, kind);
    }
    let broken = &compound_of(&["/Workbook"])[..600];
    check_kind(broken, "a.xls", None, Kind::Xls);
}

#[test]
fn markup_is_known_by_its_root() {
    for (text, kind) in [
        ("<?xml version=\"1.0\"?><!-- <svg> --><order/>", Kind::Xml),
        ("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"<svg>\">]><a/>", Kind::Xml),
        ("<?xml version=\"1.0\"?>\n<svg:svg xmlns:svg=\"http://www.w3.org/2000/svg\"/>", Kind::Svg),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Kind::Svg),
        ("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"/>", Kind::Html),
        ("<!-- saved --><HTML><p>", Kind::Html),
        ("\u{feff}<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">", Kind::Html),
    ] {
        check_kind(text.as_bytes(), "a.txt", Some("text/plain"), kind);
        let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check_kind(&wide, "a", None, kind);
    }
}

#[test]
fn what_may_start_any_text_counts_only_without_a_label() {
    for (text, kind) in [
        ("<div>words</div>", Kind::Html),
        ("{\"a\": [1, 2]}", Kind::Json),
        ("From: a@example.com\nTo: b@example.com\nSubject: rope\n\nwords", Kind::Eml),
    ] {
        check_kind(text.as_bytes(), "a", None, kind);
        check_kind(text.as_bytes(), "a.txt", None, Kind::Text);
        check_kind(text.as_bytes(), "a.md", Some("text/plain"), Kind::Markdown);
    }
    check_kind(b"[draft] {1}", "a", None, Kind::Text);
    check_kind(b"Dear all: a word\n\nTo: whom", "a", None, Kind::Text);
}

#[test]
fn messages_and_saved_pages_are_known_by_their_headers() {
    let sent = "Return-Path: <a@example.com>\nReceived: from x\n by y\nFrom: a@example.com\nTo: b@example.com\n";
    let related = "MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=b\n\nwords";
    check_kind(format!("{sent}\nwords").as_bytes(), "a.txt", Some("text/plain"), Kind::Eml);
    check_kind(format!("From a Mon Nov 23 2026\n{sent}\nwords").as_bytes(), "a", None, Kind::Eml);
    check_kind(format!("{sent}{related}").as_bytes(), "a", None, Kind::Eml);
    check_kind(format!("From: <Saved by Blink>\nSubject: a\n{related}").as_bytes(), "a", None, Kind::Mhtml);
    check_kind(format!("{sent}{related}").as_bytes(), "a.mht", None, Kind::Mhtml);
}

#[test]
fn exported_text_that_is_called_an_office_file_is_text() {
    check_kind(b"a\tb\n1\t2", "export.xls", None, Kind::Tsv);
    check_kind(b"a;b\n1;2", "export.xls", Some("application/vnd.ms-excel"), Kind::Csv);
    check_kind(b"just words", "letter.doc", None, Kind::Text);
    let error = document("a.docx", b"just words").parse().unwrap_err();
    assert_eq!(error.code(), "document_invalid");
}

#[test]
fn formats_without_a_reader_are_named() {
    let epub = zip_of(&[("mimetype", "application/epub+zip")]);
    let archive = zip_of(&[("word/document.xml", "no types")]);
    let encrypted = compound_of(&["/EncryptedPackage", "/EncryptionInfo"]);
    for (bytes, declared, looks_like) in [
        (&b"PK\x03\x04\x14\0\0\0"[..], "", "application/zip"),
        (&epub, "", "application/epub+zip"),
        (&archive, "", "application/zip"),
        (&encrypted, "", "an Office document that is encrypted with a password"),
        (&compound_of(&["/Other"]), "", "application/x-ole-storage"),
        (b"%!PS-Adobe-3.0\n", "text/plain", "application/postscript"),
        (b"\0\0\0\x18ftypheic\0\0\0\0heicmif1", "image/png", "image/heif"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "", "video/mp4"),
        (b"Rar!\x1a\x07\0words", "", "application/vnd.rar"),
        (b"BEGIN:VCALENDAR", "application/x-calendar", "application/x-calendar"),
        (b"\0\x01\x02\x03", "", "binary data of unknown type"),
    ] {
        let message = format!("document type is not supported: it looks like {looks_like}; {SUPPORTED}");
        check_refused(document("a", bytes).declared(declared), "unsupported_document_type", &message);
    }
}

#[test]
fn input_over_its_cap_is_refused_before_it_is_read() {
    check_refused(
        document("a.txt", b"0123456789").limits(|limits| limits.max_input_bytes = 9),
        "document_limit_exceeded",
        "document exceeds max_input_bytes: 10 bytes, at most 9 are allowed",
    );
}
