//! `/v1/documents/extract`.

use documents::{Answer, ExtractOptions, Extracted, Operation, Output, ReadOptions};
use shared::contract::{Choice, CompletionUsage, ExtractRequest, ParsedChatCompletion, ParsedMessage, Usage};
use shared::domain::unix_seconds;

use super::reasoning::content;
use super::{About, Work, body, rfc3339};
use crate::executor::{Extraction, Response};

impl Work for ExtractRequest {
    fn read_options(&self) -> ReadOptions {
        ReadOptions { image_resolution_dpi: self.image_resolution_dpi, ..ReadOptions::default() }
    }

    fn operation(&self, read: Vec<ReadOptions>) -> Operation {
        Operation::Extract(ExtractOptions {
            read: read.into_iter().next().unwrap_or_default(),
            schema: self.json_schema.clone().into(),
            n_consensus: self.n_consensus,
            chunking_keys: self.chunking_keys.clone().unwrap_or_default(),
        })
    }

    fn response(self, output: Output, about: &About) -> Option<Result<Response, serde_json::Error>> {
        let Output::Extract(extracted) = output else { return None };
        Some(respond(self, extracted, about))
    }
}

fn respond(request: ExtractRequest, extracted: Extracted, about: &About) -> Result<Response, serde_json::Error> {
    let Extracted { page_count, word_count, answers, likelihoods, sources, consensus_details, warnings, .. } =
        extracted;
    let predictions = answers.first().map(|answer| answer.value.clone()).unwrap_or_default();
    let choices = (0..).zip(answers).map(|(index, answer)| choice(index, answer)).collect::<Result<Vec<_>, _>>()?;
    let pages = Usage::of_pages(page_count, &request.model).times(f64::from(request.n_consensus));
    let written = choices.iter().map(|choice| words(&choice.message.content)).sum();
    let usage = CompletionUsage::of_words(word_count, written, pages);
    let extraction_id = about.extraction_id(request.extraction_id);
    let ended = Some(rfc3339(about.ended));
    let response = ParsedChatCompletion {
        id: format!("chatcmpl-{}", about.answer_id),
        object: "chat.completion".to_owned(),
        created: unix_seconds(about.ended),
        model: request.model,
        choices,
        extraction_id: extraction_id.clone(),
        likelihoods: likelihoods.clone(),
        sources: sources.clone(),
        usage: usage.clone(),
        request_at: Some(rfc3339(about.began)),
        first_token_at: ended.clone(),
        last_token_at: ended,
    };
    let metadata = request.metadata.unwrap_or_default();
    let extraction =
        extraction_id.map(|id| Extraction { id, metadata, predictions, likelihoods, sources, consensus_details });
    let response = Response::of_engine(body(&response)?, &usage);
    Ok(Response { extraction, warnings, ..response })
}

fn choice(index: u32, answer: Answer) -> Result<Choice, serde_json::Error> {
    let content = content(&answer.value, &answer.reasoning)?;
    let message =
        ParsedMessage { role: "assistant".to_owned(), content, refusal: None, tool_calls: (), parsed: answer.value };
    Ok(Choice { index, finish_reason: "stop".to_owned(), logprobs: (), message, key_mapping: answer.key_mapping })
}

/// Runs of letters and digits.
fn words(text: &str) -> u64 {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).count() as u64
}
