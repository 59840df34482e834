//! `/v1/documents/split` and `/v1/documents/split/generate_config`.

use documents::{GenerateSplitOptions, Kind, Operation, Output, Partition, ReadOptions, Section, SplitOptions};
use shared::contract::{
    GenerateSplitConfigRequest, GenerateSplitConfigResponse, SplitChoice, SplitChoicePart, SplitConsensus, SplitPart,
    SplitPartition, SplitRequest, SplitResponse, SplitVote, Subdocument, Usage,
};

use super::{About, Work, body, likelihood};
use crate::executor::Response;

impl Work for SplitRequest {
    fn operation(&self, read: Vec<ReadOptions>) -> Operation {
        let kind = |subdocument: &Subdocument| {
            let Subdocument { name, description, partition_key } = subdocument.clone();
            Kind { name, description, partition_key }
        };
        Operation::Split(SplitOptions {
            read: read.into_iter().next().unwrap_or_default(),
            kinds: self.subdocuments.iter().map(kind).collect(),
            context: self.context.clone(),
            n_consensus: self.n_consensus,
        })
    }

    fn response(self, output: Output, _: &About) -> Option<Result<Response, serde_json::Error>> {
        let Output::Split(split) = output else { return None };
        let usage = Usage::of_pages(split.page_count, &self.model).times(f64::from(self.n_consensus));
        let consensus = (!split.votes.is_empty()).then(|| SplitConsensus {
            likelihoods: split.likelihoods.iter().map(|(name, value)| (name.clone(), likelihood(*value))).collect(),
            choices: std::iter::once(&split.sections).chain(&split.votes).map(|sections| choice(sections)).collect(),
        });
        let splits = split.sections.into_iter().map(part).collect();
        let response = SplitResponse { splits, consensus, usage: usage.clone() };
        Some(body(&response).map(|body| Response::of_engine(body, &usage)))
    }
}

impl Work for GenerateSplitConfigRequest {
    fn operation(&self, read: Vec<ReadOptions>) -> Operation {
        Operation::GenerateSplit(GenerateSplitOptions { read: read.into_iter().next().unwrap_or_default() })
    }

    fn response(self, output: Output, _: &About) -> Option<Result<Response, serde_json::Error>> {
        let Output::GenerateSplit(generated) = output else { return None };
        let usage = Usage::of_pages(generated.page_count, &self.model);
        let subdocument = |Kind { name, description, partition_key }| Subdocument { name, description, partition_key };
        let subdocuments = generated.kinds.into_iter().map(subdocument).collect();
        let response = GenerateSplitConfigResponse { subdocuments, usage: usage.clone() };
        Some(body(&response).map(|body| Response::of_engine(body, &usage)))
    }
}

fn part(section: Section) -> SplitPart {
    let Section { name, pages, likelihood: share, votes, partitions } = section;
    SplitPart {
        name,
        pages,
        likelihood: share.map(likelihood),
        votes: votes.into_iter().map(|pages| SplitVote { pages }).collect(),
        partitions: partitions.into_iter().map(partition).collect(),
    }
}

fn choice(sections: &[Section]) -> SplitChoice {
    let part = |section: &Section| SplitChoicePart {
        name: section.name.clone(),
        pages: section.pages.clone(),
        partitions: section.partitions.iter().cloned().map(partition).collect(),
    };
    SplitChoice { splits: sections.iter().map(part).collect() }
}

fn partition(partition: Partition) -> SplitPartition {
    let Partition { key, pages, first_page_y_start, last_page_y_end } = partition;
    SplitPartition {
        key,
        pages,
        first_page_y_start: likelihood(first_page_y_start),
        last_page_y_end: likelihood(last_page_y_end),
    }
}
