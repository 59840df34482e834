//! The query of a list (contract A.6).

mod date;
mod document_type;
mod given;
mod parameters;
mod pattern;

#[cfg(test)]
mod tests;

use axum::extract::FromRequestParts;
use http::request::Parts;
use serde_json::{Map, Value};
use shared::domain::{JobId, Registry, Status};

pub(crate) use parameters::ListParameters;

use self::given::Given;
use crate::app::App;
use crate::error::ApiError;
use crate::service::ServiceError;
use crate::service::jobs::{Cursor, Filter, Include, List, Source};
use crate::service::validation::{MAX_INDEXED_CHARS, Violation, nul_in};

/// Jobs on a page, at most, and unless said.
const MAX_LIMIT: u16 = 100;
const DEFAULT_LIMIT: u16 = 20;
/// Jobs on a page with their responses, at most.
const MAX_LIMIT_WITH_RESPONSES: u16 = 20;

/// The page that a query asks for.
#[derive(Debug)]
pub(crate) struct ListQuery(pub(crate) List);

impl FromRequestParts<App> for ListQuery {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        Ok(Self(parse(parts.uri.query().unwrap_or_default(), app.jobs.catalogs().current().registry())?))
    }
}

/// Every broken rule is named at once. A bad date or cursor has an answer of its own, so it is named when nothing else is
/// wrong.
fn parse(query: &str, registry: &Registry) -> Result<List, ServiceError> {
    let mut given = Given::read(query);
    let filter = filter(&mut given, registry);
    let ascending = given.word("order", &["asc", "desc"]) == Some("asc");
    let limit = limit(&mut given);
    let include = include(&mut given, limit);
    let dates = [given.text("from_date"), given.text("to_date")];
    let (after, before) = (given.text("after"), given.text("before"));
    if after.is_some() && before.is_some() {
        given.refuse("before", "not", "must not be given together with after");
    }
    given.into_violations()?;

    let [from, to] = dates;
    let date = |name: &'static str, text: Option<String>| match text {
        Some(text) => date::days(&text).map(Some).ok_or(ServiceError::InvalidDate(name)),
        None => Ok(None),
    };
    let from_millis = date("from_date", from)?.map(date::millis);
    let until_millis = date("to_date", to)?.map(|day| date::millis(day + 1));
    let cursor = match (after, before) {
        (Some(text), _) => Some(Cursor::After(job(&text, "after")?)),
        (None, Some(text)) => Some(Cursor::Before(job(&text, "before")?)),
        (None, None) => None,
    };
    Ok(List { filter: Filter { from_millis, until_millis, ..filter }, ascending, cursor, limit, include })
}

fn job(text: &str, parameter: &'static str) -> Result<JobId, ServiceError> {
    text.parse().map_err(|_| ServiceError::InvalidCursor(parameter))
}

fn filter(given: &mut Given, registry: &Registry) -> Filter {
    let mut nothing = false;
    // A value that is too long to be indexed is of no job.
    let mut indexed = |value: Option<String>| {
        nothing |= value.as_ref().is_some_and(|text| text.chars().count() > MAX_INDEXED_CHARS);
        value
    };
    let project_id = indexed(given.text("project_id"));
    let workflow_id = indexed(given.text("workflow_id"));
    let workflow_node_id = indexed(given.text("workflow_node_id"));
    let model = indexed(given.text("model"));
    let job = given.text("id").map(|text| text.parse::<JobId>().ok());
    // And a text that is no id is the id of no job.
    nothing |= job == Some(None);
    let source = source(given);
    if source == Some(Source::Api) && (project_id.is_some() || workflow_id.is_some()) {
        given.refuse("source", "not", "must not be api together with project_id or workflow_id");
    }
    Filter {
        nothing,
        job: job.flatten(),
        status: status(given),
        endpoint: endpoint(given, registry),
        source,
        project_id,
        workflow_id,
        workflow_node_id,
        model,
        file_name_pattern: given
            .text("filename_regex")
            .and_then(|text| pattern::check(&text).map_err(|violation| given.violations.push(violation)).ok()),
        file_name_part: given.text("filename_contains"),
        document_types: document_type::check(given),
        metadata: metadata(given),
        from_millis: None,
        until_millis: None,
    }
}

fn status(given: &mut Given) -> Option<Status> {
    let word = given.word("status", &Status::ALL.map(Status::as_str))?;
    word.parse().ok()
}

fn source(given: &mut Given) -> Option<Source> {
    let word = given.word("source", &Source::ALL.map(Source::as_str))?;
    Source::ALL.into_iter().find(|source| source.as_str() == word)
}

fn endpoint(given: &mut Given, registry: &Registry) -> Option<String> {
    let text = given.text("endpoint")?;
    let Ok(endpoint) = registry.find(&text) else {
        given.refuse("endpoint", "enum", format!("must be one of {}", registry.paths().join(", ")));
        return None;
    };
    Some(endpoint.path.to_string())
}

fn limit(given: &mut Given) -> u16 {
    let Some(text) = given.text("limit") else { return DEFAULT_LIMIT };
    match text.parse() {
        Ok(limit) if (1..=MAX_LIMIT).contains(&limit) => limit,
        _ => {
            given.refuse("limit", "range", format!("must be a whole number, 1 to {MAX_LIMIT}"));
            DEFAULT_LIMIT
        }
    }
}

fn include(given: &mut Given, limit: u16) -> Include {
    let include = Include { request: given.flag("include_request"), response: given.flag("include_response") };
    if include.response && limit > MAX_LIMIT_WITH_RESPONSES {
        let message = format!("must not be true unless limit is {MAX_LIMIT_WITH_RESPONSES} at most");
        given.refuse("include_response", "not", message);
    }
    include
}

/// Pairs that a job's metadata must have; none of them is as good as no filter.
fn metadata(given: &mut Given) -> Option<Map<String, Value>> {
    const NAME: &str = "metadata";
    let text = given.text(NAME)?;
    let pairs = match serde_json::from_str(&text) {
        Ok(Value::Object(pairs)) if pairs.values().all(Value::is_string) => pairs,
        _ => {
            given.refuse(NAME, "type", "must be a JSON object of strings");
            return None;
        }
    };
    let texts = pairs.iter().flat_map(|(key, value)| [Some(key.as_str()), value.as_str()]).flatten();
    let nul: Option<Violation> = texts.filter_map(|text| nul_in(format!("query.{NAME}"), text)).next();
    given.violations.extend(nul);
    (!pairs.is_empty()).then_some(pairs)
}
