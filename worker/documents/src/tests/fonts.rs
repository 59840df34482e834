//! Fonts of one program that mean different letters by the same code.

use hayro_interpret::InterpreterSettings;
use hayro_interpret::font::{FontQuery, StandardFont};

use super::pdf::file;
use super::{check, document};

/// A CFF program, as the interpreter has it for a standard font.
fn program() -> Vec<u8> {
    let resolver = InterpreterSettings::default().font_resolver;
    let (data, _) = resolver(&FontQuery::Standard(StandardFont::Courier)).unwrap();
    data.as_ref().as_ref().to_vec()
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// A font whose codes are of two bytes, of which the lower one from 65 on means letters from this one on.
fn meaning(first: char) -> Vec<u8> {
    let first = u32::from(first);
    let map = format!(
        "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0041> <0044> <{first:04X}> endbfrange"
    );
    stream("", map.as_bytes())
}

/// A font of the program, with the meaning of codes that this object has.
fn font(meaning: u32) -> String {
    format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Some /Encoding /Identity-H /DescendantFonts [8 0 R] \
         /ToUnicode {meaning} 0 R >>"
    )
}

/// A page of 200 by 100 points. Its fonts `F` and `G` share a program and a meaning of codes each: the letters from `a` on
/// and from `w` on. The form `X`, drawn with `G` only, shows what it shows.
fn page(content: &str, fonts: &str, entries: &str) -> Vec<u8> {
    let form = "BT /G 10 Tf 10 30 Td <00410042> Tj ET";
    file(
        &[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R {entries} \
                 /Resources << /Font << {fonts} >> /XObject << /X 11 0 R >> >> >>"
            )
            .into_bytes(),
            stream("", content.as_bytes()),
            font(9).into_bytes(),
            font(10).into_bytes(),
            b"<< /Type /FontDescriptor /FontName /Some /Flags 4 /FontFile3 12 0 R >>".to_vec(),
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Some /FontDescriptor 7 0 R /DW 600 \
              /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
                .to_vec(),
            meaning('a'),
            meaning('w'),
            stream(
                "/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources << /Font << /G 6 0 R >> >>",
                form.as_bytes(),
            ),
            stream("/Subtype /CIDFontType0C", &program()),
        ],
        0,
    )
}

const BY_F: &str = "BT /F 10 Tf 10 60 Td <00410042> Tj ET ";

#[test]
fn fonts_on_one_page_that_share_a_program_keep_their_meanings() {
    let content = BY_F.to_owned() + "BT /G 10 Tf 10 30 Td <00410042> Tj ET " + "BT /F 10 Tf 60 60 Td <0043> Tj ET";
    let pdf = page(&content, "/F 5 0 R /G 6 0 R", "");
    check(document("a.pdf", &pdf), "application/pdf", &["ab c\n\nwx"]);
}

#[test]
fn a_form_that_shares_its_program_with_the_page_keeps_its_meanings() {
    let pdf = page(&(BY_F.to_owned() + "/X Do"), "/F 5 0 R", "");
    check(document("a.pdf", &pdf), "application/pdf", &["ab\n\nwx"]);
}

#[test]
fn an_annotation_that_shares_its_program_with_the_page_keeps_its_meanings() {
    let annotation = "/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 200 100] /AP << /N 11 0 R >> >>]";
    let pdf = page(BY_F, "/F 5 0 R", annotation);
    check(document("a.pdf", &pdf), "application/pdf", &["ab\n\nwx"]);
}

#[test]
fn fonts_given_in_place_that_share_a_program_keep_their_meanings() {
    let content = BY_F.to_owned() + "BT /G 10 Tf 10 30 Td <00410042> Tj ET";
    let pdf = page(&content, &format!("/F {} /G {}", font(9), font(10)), "");
    check(document("a.pdf", &pdf), "application/pdf", &["ab\n\nwx"]);
}
