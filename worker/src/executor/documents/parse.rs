//! `/v1/documents/parse`.

use documents::{Operation, Output, ParseOptions, ReadOptions, TableFormat};
use shared::contract::{DocumentRef, ParseRequest, ParseResponse, TableParsingFormat, Usage};

use super::{About, Work, body};
use crate::executor::Response;

impl Work for ParseRequest {
    fn read_options(&self) -> ReadOptions {
        ReadOptions { image_resolution_dpi: self.image_resolution_dpi, ..ReadOptions::default() }
    }

    fn operation(&self, read: Vec<ReadOptions>) -> Operation {
        let read = read.into_iter().next().unwrap_or_default();
        Operation::Parse(ParseOptions { read, table_parsing_format: table_format(self.table_parsing_format) })
    }

    fn response(self, output: Output, about: &About) -> Option<Result<Response, serde_json::Error>> {
        let Output::Parse(parsed) = output else { return None };
        let (id, filename) = about.documents.first()?.clone();
        let usage = Usage::of_pages(u32::try_from(parsed.pages.len()).unwrap_or(u32::MAX), &self.model);
        let response = ParseResponse {
            text: parsed.text(),
            document: DocumentRef { id, filename, mime_type: parsed.media_type },
            usage: usage.clone(),
            pages: parsed.pages,
        };
        Some(body(&response).map(|body| Response::of_engine(body, &usage)))
    }
}

const fn table_format(format: TableParsingFormat) -> TableFormat {
    match format {
        TableParsingFormat::Markdown => TableFormat::Markdown,
        TableParsingFormat::Yaml => TableFormat::Yaml,
        TableParsingFormat::Html => TableFormat::Html,
        TableParsingFormat::Json => TableFormat::Json,
    }
}
