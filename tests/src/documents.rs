//! Documents for the tests: those under tests/fixtures, and some made to measure.

use std::fmt::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::client::parse_job;

/// A file of tests/fixtures.
///
/// # Panics
/// When there is none of this name.
#[must_use]
pub fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A data URL.
#[must_use]
pub fn data_url(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", STANDARD.encode(bytes))
}

/// A job that parses a file of tests/fixtures.
#[must_use]
pub fn fixture_job(name: &str) -> Value {
    let media_type = match name.rsplit('.').next() {
        Some("pdf") => "application/pdf",
        Some("md") => "text/markdown",
        Some("csv") => "text/csv",
        Some("html") => "text/html",
        _ => "text/plain",
    };
    parse_job(name, &data_url(media_type, &fixture(name)))
}

/// A job that parses this text: next to no work.
#[must_use]
pub fn text_job(text: &str) -> Value {
    parse_job("note.txt", &data_url("text/plain", text.as_bytes()))
}

/// A job whose time in the engine grows with `units` and is finite.
#[must_use]
pub fn slow_job(units: u32) -> Value {
    parse_job("slow.pdf", &data_url("application/pdf", &slow_pdf(1, units)))
}

/// A PDF of so many pages, each of which draws a form of a thousand empty drawings `units` times. Linear in `units`, so that a test can
/// measure one and ask for as much time as it needs.
#[must_use]
pub fn slow_pdf(pages: usize, units: u32) -> Vec<u8> {
    let form = |content: &str, resources: &str| {
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << {resources} >> /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let mut content = String::from("BT /F1 11 Tf 72 780 Td (Slow and steady.) Tj ET\n");
    content.push_str(&"/X Do\n".repeat(units as usize));
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R \
         /Resources << /Font << /F1 4 0 R >> /XObject << /X 5 0 R >> >> >>";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        form(&"/Y Do\n".repeat(30), "/XObject << /Y 6 0 R >>"),
        form(&"/Z Do\n".repeat(33), "/XObject << /Z 7 0 R >>"),
        form("q Q", ""),
    ];
    let mut kids = String::new();
    for _ in 0..pages {
        objects.push(page.to_owned());
        write!(kids, "{} 0 R ", objects.len()).expect("text takes text");
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {pages} >>");
    written(&objects)
}

/// Numbered objects, a cross-reference table and a trailer.
fn written(objects: &[String]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.7\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).expect("text takes text");
        writeln!(file, "{} 0 obj\n{object}\nendobj", index + 1).expect("text takes text");
    }
    let start = file.len();
    let size = objects.len() + 1;
    write!(file, "{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n")
        .expect("text takes text");
    file.into_bytes()
}
