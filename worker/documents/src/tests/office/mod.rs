//! Office and OpenDocument files, made of their parts.

mod docx;
mod hostile;
mod legacy;
mod odf;
mod pptx;
mod rtf;
mod sheet;

use std::cell::OnceCell;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::detect::Kind;
use crate::document::Page;
use crate::engine::Weights;
use crate::format::{self, Context};
use crate::{Error, Limits, ReadOptions, Source, TableFormat, render};

/// A zip container of these parts.
fn container(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The relations of a part: identifier, kind, target.
fn relations(all: &[(&str, &str, &str)]) -> String {
    let relations: String = all
        .iter()
        .map(|(id, kind, target)| {
            format!(r#"<Relationship Id="{id}" Type="http://schemas.example/relationships/{kind}" Target="{target}"/>"#)
        })
        .collect();
    format!("<Relationships>{relations}</Relationships>")
}

fn read_with(kind: Kind, bytes: &[u8], limits: &Limits) -> Result<Vec<Page>, Error> {
    let options = ReadOptions::default();
    let weights: Weights = Box::new(|_| Err(std::io::ErrorKind::NotFound.into()));
    let mut context = Context {
        options: &options,
        limits,
        weights: &weights,
        recognizer: &OnceCell::new(),
        progress: &mut |_| (),
        depth: 0,
        declared: Vec::new(),
    };
    format::office::read(kind, &Source { bytes, filename: "", media_type: None }, &mut context)
}

fn read(kind: Kind, bytes: &[u8]) -> Vec<Page> {
    read_with(kind, bytes, &Limits::default()).unwrap()
}

/// The pages as Markdown.
fn texts(pages: &[Page]) -> Vec<String> {
    let limits = Limits::default();
    pages.iter().map(|page| render::markdown::page(page, TableFormat::Markdown, &limits).unwrap()).collect()
}

#[track_caller]
fn check_pages(kind: Kind, bytes: &[u8], pages: &[&str]) {
    assert_eq!(texts(&read(kind, bytes)), pages);
}

#[test]
fn the_engine_reads_office_files_by_their_content() {
    let docx = container(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &relations(&[("a", "officeDocument", "word/document.xml")])),
        ("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>Hello</w:t></w:r></w:p></w:body></w:document>"),
    ]);
    super::check(super::document("letter", &docx), Kind::Docx.media_type(), &["Hello"]);
    super::check(super::document("letter.txt", br"{\rtf1 Hello}"), Kind::Rtf.media_type(), &["Hello"]);
    super::check(
        super::document("a", include_bytes!("../fixtures/offers.xls")),
        Kind::Xls.media_type(),
        &[
            "# Offers\n\nElswick Chandlery\n\n<table>\n<thead>\n<tr><th>Item</th><th>Price</th><th>Share</th><th>Day</th></tr>\n\
         </thead>\n<tbody>\n<tr><td>Rope Łódź</td><td>€ 816.50</td><td>12.5%</td><td>2025-03-14</td></tr>\n\
         <tr><td>Rope Łódź</td><td>4</td><td>TRUE</td><td>2.5</td></tr>\n\
         <tr><td colspan=\"2\">Total</td><td>7</td></tr>\n</tbody>\n</table>",
            "# Notes\n\nfar away",
        ],
    );
}
