//! `quire-api endpoints`: check, list. Neither needs a database.

use std::path::Path;

use serde_json::{Value, json};
use shared::config::Env;
use shared::domain::{Endpoint, Executor, Registry};
use shared::endpoints::{Mistake, Mistakes};
use shared::setup;

use super::listing::{Listed, listing};
use super::{CommandError, Format};
use crate::service::catalog::check_schema;

/// What a check has found.
#[derive(Debug)]
pub struct Checked {
    /// For whoever has asked.
    pub answer: String,
    /// Whether the file can be used.
    pub is_good: bool,
}

/// What would be in force with a file, or everything that is wrong with it.
#[must_use]
pub fn check_endpoints(env: &Env, file: &Path, format: Format) -> Checked {
    match setup::endpoints_of_file(env, file, &check_schema) {
        Ok(registry) => Checked { answer: table(&registry, format), is_good: true },
        Err(mistakes) => Checked { answer: told(&mistakes, format), is_good: false },
    }
}

/// What is in force with the environment's own file.
///
/// # Errors
/// [`CommandError::Setup`].
pub fn list_endpoints(env: &Env, format: Format) -> Result<String, CommandError> {
    Ok(table(&setup::registry(env, &check_schema)?, format))
}

fn told(mistakes: &Mistakes, format: Format) -> String {
    let json = |mistake: &Mistake| json!({ "line": mistake.line, "field": mistake.field, "rule": mistake.rule });
    match format {
        Format::Text => mistakes.to_string(),
        Format::Json => {
            let all: Vec<Value> = mistakes.all.iter().map(json).collect();
            json!({ "file": mistakes.file.display().to_string(), "mistakes": all }).to_string()
        }
    }
}

fn table(registry: &Registry, format: Format) -> String {
    listing(&registry.iter().map(|endpoint| Row(endpoint)).collect::<Vec<_>>(), format)
}

struct Row<'a>(&'a Endpoint);

impl Row<'_> {
    const fn executor(&self) -> Option<&'static str> {
        match self.0.executor {
            Some(Executor::Documents) => Some("documents"),
            Some(Executor::Http(_)) => Some("http"),
            None => None,
        }
    }

    fn upstream(&self) -> Option<String> {
        self.0.upstream().map(|upstream| upstream.origin())
    }

    fn millis(&self) -> u64 {
        u64::try_from(self.0.timeout.as_millis()).unwrap_or(u64::MAX)
    }
}

impl Listed for Row<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "PATH",
        "EXECUTOR",
        "LANE",
        "TIMEOUT_MS",
        "ATTEMPTS",
        "CONCURRENCY",
        "PER_ORGANIZATION",
        "SCHEMA",
        "UPSTREAM",
    ];

    fn cells(&self) -> Vec<String> {
        let endpoint = self.0;
        let limit = |limit: Option<u32>| limit.map_or_else(|| "-".to_owned(), |limit| limit.to_string());
        vec![
            endpoint.path.to_string(),
            self.executor().unwrap_or("-").to_owned(),
            endpoint.lane.to_string(),
            self.millis().to_string(),
            endpoint.retry.attempts.to_string(),
            limit(endpoint.concurrency.total),
            limit(endpoint.concurrency.per_organization),
            if endpoint.request_schema.is_some() { "yes" } else { "-" }.to_owned(),
            self.upstream().unwrap_or_else(|| "-".to_owned()),
        ]
    }

    fn json(&self) -> Value {
        let endpoint = self.0;
        json!({
            "path": &*endpoint.path,
            "executor": self.executor(),
            "lane": endpoint.lane,
            "timeout_ms": self.millis(),
            "attempts": endpoint.retry.attempts,
            "concurrency": endpoint.concurrency.total,
            "concurrency_per_organization": endpoint.concurrency.per_organization,
            "request_schema": endpoint.request_schema.is_some(),
            "upstream": self.upstream(),
        })
    }
}
