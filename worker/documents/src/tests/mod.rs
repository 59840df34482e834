//! Documents in, text or the broken rule out.

mod arithmetic;
mod classify;
mod codes;
mod consensus;
mod declared;
mod detect;
mod embed;
mod extract;
mod fonts;
mod formats;
mod generate;
mod html;
mod items;
mod language;
mod layout;
mod layout_tables;
mod layouts;
mod lexicon;
mod mail;
mod matching;
mod ocr;
mod office;
mod papers;
mod party;
mod pattern;
mod pdf;
mod pictures;
mod prose;
mod range;
mod rates;
mod render;
mod scans;
mod schema;
mod split;
mod sums;
mod svg;
mod tables;
mod text;
mod value;
mod view;

use crate::{Engine, Error, Limits, Operation, Output, ParseOptions, Parsed, Source, Step, TableFormat};

/// A document and the options it is read with.
struct Document<'a> {
    source: Source<'a>,
    options: ParseOptions,
    limits: Limits,
}

fn document<'a>(filename: &'a str, bytes: &'a [u8]) -> Document<'a> {
    let source = Source { bytes, filename, media_type: None };
    Document { source, options: ParseOptions::default(), limits: Limits::default() }
}

impl<'a> Document<'a> {
    fn declared(mut self, media_type: &'a str) -> Self {
        self.source.media_type = Some(media_type);
        self
    }

    fn tables(mut self, format: TableFormat) -> Self {
        self.options.table_parsing_format = format;
        self
    }

    fn password(mut self, password: &str) -> Self {
        self.options.read.password = Some(password.to_owned());
        self
    }

    fn limits(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        change(&mut self.limits);
        self
    }

    #[expect(clippy::panic_in_result_fn, reason = "what the engine never asks for when it parses")]
    fn parse(&self) -> Result<Parsed, Error> {
        let operation = Operation::Parse(self.options.clone());
        match Engine::without_models().start(
            &operation,
            std::slice::from_ref(&self.source),
            &self.limits,
            &mut |_| (),
        )? {
            Step::Done(Output::Parse(parsed)) => Ok(parsed),
            step => panic!("parsing gives text alone: {step:?}"),
        }
    }
}

#[track_caller]
fn check(document: Document<'_>, media_type: &str, pages: &[&str]) {
    let parsed = document.parse().unwrap();
    assert_eq!(parsed.media_type, media_type);
    assert_eq!(parsed.pages, pages);
}

#[track_caller]
fn check_refused(document: Document<'_>, code: &str, message: &str) {
    let error = document.parse().unwrap_err();
    assert_eq!((error.code(), error.to_string().as_str()), (code, message));
}
