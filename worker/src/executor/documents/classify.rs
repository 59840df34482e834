//! `/v1/documents/classify`.

use documents::{ClassifyOptions, Kind, Operation, Output, ReadOptions};
use shared::contract::{
    Classification, ClassifyChoice, ClassifyConsensus, ClassifyRequest, ClassifyResponse, ClassifyResult, Usage,
};

use super::{About, Work, body, likelihood};
use crate::executor::Response;

/// What a classification costs of what an extraction does (contract part B).
const SHARE_OF_PRICE: f64 = 0.25;

impl Work for ClassifyRequest {
    fn operation(&self, read: Vec<ReadOptions>) -> Operation {
        let kind = |category: &shared::contract::Category| Kind {
            name: category.name.clone(),
            description: category.description.clone(),
            partition_key: None,
        };
        Operation::Classify(ClassifyOptions {
            read: read.into_iter().next().unwrap_or_default(),
            categories: self.categories.iter().map(kind).collect(),
            first_n_pages: self.first_n_pages,
            context: self.context.clone(),
            n_consensus: self.n_consensus,
        })
    }

    fn response(self, output: Output, _: &About) -> Option<Result<Response, serde_json::Error>> {
        let Output::Classify(classified) = output else { return None };
        let usage = Usage::of_pages(classified.page_count, &self.model).times(SHARE_OF_PRICE);
        let likelihood = Some(likelihood(classified.likelihood));
        let choices = std::iter::once(&classified.answer).chain(&classified.votes);
        let choices = choices.map(|answer| ClassifyChoice { classification: newer(answer) }).collect();
        let response = ClassifyResponse {
            result: older(&classified.answer),
            classification: newer(&classified.answer),
            likelihood,
            votes: classified.votes.iter().map(older).collect(),
            consensus: ClassifyConsensus { choices, likelihood },
            usage: usage.clone(),
        };
        Some(body(&response).map(|body| Response::of_engine(body, &usage)))
    }
}

fn older(answer: &documents::Classification) -> ClassifyResult {
    let documents::Classification { category, reasoning } = answer.clone();
    ClassifyResult { reasoning, classification: category.clone(), category }
}

fn newer(answer: &documents::Classification) -> Classification {
    let documents::Classification { category, reasoning } = answer.clone();
    Classification { reasoning, category }
}
