//! `/v1/schemas/generate`.

use documents::{GenerateSchemaOptions, Operation, Output, ReadOptions};
use shared::contract::{GenerateSchemaRequest, GenerateSchemaResponse, Usage};

use super::{About, Work, body, rfc3339};
use crate::executor::Response;

impl Work for GenerateSchemaRequest {
    fn read_options(&self) -> ReadOptions {
        ReadOptions { image_resolution_dpi: self.image_resolution_dpi, ..ReadOptions::default() }
    }

    fn operation(&self, read: Vec<ReadOptions>) -> Operation {
        Operation::GenerateSchema(GenerateSchemaOptions { read, instructions: self.instructions.clone() })
    }

    fn response(self, output: Output, about: &About) -> Option<Result<Response, serde_json::Error>> {
        let Output::GenerateSchema(generated) = output else { return None };
        let usage = Usage::of_pages(generated.page_count, &self.model);
        let response = GenerateSchemaResponse {
            object: "schema".to_owned(),
            created_at: rfc3339(about.ended),
            json_schema: generated.json_schema,
            strict: true,
            usage: usage.clone(),
        };
        Some(body(&response).map(|body| Response::of_engine(body, &usage)))
    }
}
