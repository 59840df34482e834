//! What a list may be narrowed by.

use serde_json::{Map, Value};

use super::walk::Walk;
use crate::domain::{JobId, Status};

/// Where a job came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Neither a project nor a workflow.
    Api,
    /// Its request names a project.
    Project,
    /// Its metadata name a workflow.
    Workflow,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 3] = [Self::Api, Self::Project, Self::Workflow];

    /// The word on the wire and in SQL.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Project => "project",
            Self::Workflow => "workflow",
        }
    }
}

/// What every job of a list has. What is not given does not count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Something that no job has.
    pub nothing: bool,
    /// This id.
    pub job: Option<JobId>,
    /// This status, `expired` derived.
    pub status: Option<Status>,
    /// The path of this endpoint.
    pub endpoint: Option<String>,
    /// This source.
    pub source: Option<Source>,
    /// `request.project_id`.
    pub project_id: Option<String>,
    /// `metadata.workflow_id`.
    pub workflow_id: Option<String>,
    /// `metadata.workflow_node_id`, or one of its other names.
    pub workflow_node_id: Option<String>,
    /// `request.model`.
    pub model: Option<String>,
    /// A file name that this regular expression of PostgreSQL's matches.
    pub file_name_pattern: Option<String>,
    /// A file name that contains this, in letters of either case.
    pub file_name_part: Option<String>,
    /// A file name that ends in one of these, in small letters; empty when any does.
    pub document_types: Vec<String>,
    /// All of these pairs.
    pub metadata: Option<Map<String, Value>>,
    /// Made at or after this instant, in milliseconds since 1970.
    pub from_millis: Option<u64>,
    /// Made before this instant, in milliseconds since 1970.
    pub until_millis: Option<u64>,
}

impl Filter {
    /// The index that leads to the fewest candidates, and whether the job's record must be looked at as well. `None`
    /// when no job can be listed.
    pub(super) fn walk(&self) -> Option<(Walk, bool)> {
        let by_key = [
            (self.workflow_node_id.is_some(), Walk::Node),
            (self.workflow_id.is_some(), Walk::Workflow),
            (self.project_id.is_some(), Walk::Project),
        ];
        let of_key = || by_key.iter().find(|(given, _)| *given).map(|(_, walk)| *walk);
        let of_source = || match self.source? {
            Source::Project => Some(Walk::Projects),
            Source::Workflow => Some(Walk::Workflows),
            Source::Api => None,
        };
        let of_record = || self.endpoint.as_ref().map(|_| Walk::Endpoint).or_else(of_source);
        let walk = match self.status {
            _ if self.nothing => return None,
            _ if self.job.is_some() => Walk::Organization,
            // Few at any moment, whatever else is asked.
            Some(Status::Queued) => Walk::Queued,
            Some(Status::InProgress) => Walk::Running,
            // Nothing stores it while documents are not fetched from URLs.
            Some(Status::Validating) => return None,
            Some(status) => of_key().unwrap_or(match status {
                Status::Expired => Walk::Expired,
                _ => Walk::Ended,
            }),
            None => of_key().or_else(of_record).unwrap_or(Walk::Organization),
        };
        Some((walk, self.asks_record_beyond(walk)))
    }

    /// Whether anything is asked of the record that the walk does not see to.
    fn asks_record_beyond(&self, walk: Walk) -> bool {
        self.endpoint.is_some() && walk != Walk::Endpoint
            || self.source == Some(Source::Api)
            || self.source == Some(Source::Project) && !matches!(walk, Walk::Project | Walk::Projects)
            || self.source == Some(Source::Workflow) && !matches!(walk, Walk::Workflow | Walk::Workflows)
            || self.project_id.is_some() && walk != Walk::Project
            || self.workflow_id.is_some() && walk != Walk::Workflow
            || self.workflow_node_id.is_some() && walk != Walk::Node
            || self.model.is_some()
            || self.file_name_pattern.is_some()
            || self.file_name_part.is_some()
            || !self.document_types.is_empty()
            || self.metadata.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Option<String> {
        Some(value.to_owned())
    }

    #[test]
    fn the_narrowest_index_is_walked() {
        let walk_of = |filter: Filter| filter.walk();
        let endpoint = text("/v1/documents/parse");
        assert_eq!(walk_of(Filter::default()), Some((Walk::Organization, false)));
        assert_eq!(walk_of(Filter { endpoint: endpoint.clone(), ..Filter::default() }), Some((Walk::Endpoint, false)));
        let failed = Filter { status: Some(Status::Failed), endpoint, ..Filter::default() };
        assert_eq!(failed.walk(), Some((Walk::Ended, true)));
        assert_eq!(walk_of(Filter { project_id: text("p"), ..failed }), Some((Walk::Project, true)));
        let project = Filter { source: Some(Source::Project), project_id: text("p"), ..Filter::default() };
        assert_eq!(project.walk(), Some((Walk::Project, false)));
        let api = Filter { source: Some(Source::Api), ..Filter::default() };
        assert_eq!(api.walk(), Some((Walk::Organization, true)));
    }

    #[test]
    fn no_job_is_validating() {
        assert_eq!(Filter { status: Some(Status::Validating), ..Filter::default() }.walk(), None);
    }
}
