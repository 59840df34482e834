//! What a list must answer, by looking at every job.

use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::Value;
use shared::domain::JobId;
use tokio_postgres::Client;

/// A job as its lists may see it.
pub(super) struct Listed {
    pub(super) id: JobId,
    pub(super) organization: String,
    status: String,
    endpoint: String,
    metadata: Option<Value>,
    file_names: Vec<String>,
    project_id: Option<String>,
    workflow_id: Option<String>,
    workflow_node_id: Option<String>,
    model: Option<String>,
    day: String,
}

/// Every job there is, the oldest first.
pub(super) async fn jobs(sql: &Client) -> Vec<Listed> {
    const READ: &str = "
        select j.id, o.name, case when j.completed_at is not null and j.expires_at <= now() then 'expired'
            else j.status::text end, j.endpoint, r.metadata, r.file_names, r.project_id, r.workflow_id,
          r.workflow_node_id, r.model, to_char(j.created_at at time zone 'utc', 'YYYY-MM-DD')
        from jobs j join job_records r on r.id = j.id join organizations o on o.id = j.organization_id
        order by j.id";
    let rows = sql.query(READ, &[]).await.unwrap();
    rows.iter()
        .map(|row| Listed {
            id: JobId::from_uuid(row.get(0)),
            organization: row.get(1),
            status: row.get(2),
            endpoint: row.get(3),
            metadata: row.get(4),
            file_names: row.get(5),
            project_id: row.get(6),
            workflow_id: row.get(7),
            workflow_node_id: row.get(8),
            model: row.get(9),
            day: row.get(10),
        })
        .collect()
}

type Rule = Box<dyn Fn(&Listed) -> bool>;

/// One parameter and what it means.
pub(super) struct Wish {
    pub(super) name: &'static str,
    pub(super) value: String,
    rule: Rule,
}

impl Wish {
    fn new(name: &'static str, value: impl Into<String>, rule: impl Fn(&Listed) -> bool + 'static) -> Self {
        Self { name, value: value.into(), rule: Box::new(rule) }
    }

    pub(super) fn suits(&self, job: &Listed) -> bool {
        (self.rule)(job)
    }
}

const STATUSES: [&str; 7] = ["validating", "queued", "in_progress", "completed", "failed", "cancelled", "expired"];
const ENDPOINTS: [&str; 4] =
    ["/v1/documents/parse", "/v1/documents/extract", "/v1/schemas/generate", "/v1/edit/agent/fill"];
/// A pattern, and the same in Rust.
type Pattern = (&'static str, fn(&str) -> bool);
const PATTERNS: [Pattern; 6] = [
    ("invoice-1", |name| name.contains("invoice-1")),
    (".p", |name| name.contains(".p")),
    ("^report-[0-4]", |name| {
        name.strip_prefix("report-").is_some_and(|rest| rest.starts_with(['0', '1', '2', '3', '4']))
    }),
    (r"^(scan|invoice)\W", |name| name.starts_with("invoice-")),
    (r"^Vertrag 100\%\_", |name| name.starts_with("Vertrag 100%_")),
    (r"^anlage\.tsv$", |name| name == "anlage.tsv"),
];
const PARTS: [&str; 5] = ["INVOICE", "100%_", "_", "-3", "vertrag"];

/// Something to ask for, such as the jobs have; `source=api` only where it is not refused.
pub(super) fn wish(random: &mut StdRng, jobs: &[Listed], days: &[String]) -> Wish {
    let some = |random: &mut StdRng, letter: char, below: u32| format!("{letter}{}", random.random_range(0..below));
    match random.random_range(0..15) {
        0 | 1 => {
            let status = STATUSES[random.random_range(0..STATUSES.len())];
            Wish::new("status", status, move |job| job.status == status)
        }
        2 => {
            let endpoint = ENDPOINTS[random.random_range(0..ENDPOINTS.len())];
            let spelled = if random.random_bool(0.5) { endpoint } else { endpoint.strip_prefix("/v1").unwrap() };
            Wish::new("endpoint", spelled, move |job| job.endpoint == endpoint)
        }
        3 => Wish::new("source", "project", |job| job.project_id.is_some()),
        4 => Wish::new("source", "workflow", |job| job.workflow_id.is_some()),
        5 => Wish::new("source", "api", |job| job.project_id.is_none() && job.workflow_id.is_none()),
        6 => {
            let id = some(random, 'p', 7);
            Wish::new("project_id", id.clone(), move |job| job.project_id.as_ref() == Some(&id))
        }
        7 => {
            let id = some(random, 'w', 9);
            Wish::new("workflow_id", id.clone(), move |job| job.workflow_id.as_ref() == Some(&id))
        }
        8 => {
            let id = some(random, 'n', 6);
            let name = if random.random_bool(0.5) { "workflow_node_id" } else { "workflow_block_id" };
            Wish::new(name, id.clone(), move |job| job.workflow_node_id.as_ref() == Some(&id))
        }
        9 => {
            let model = ["retab-small", "retab-micro", "none"][random.random_range(0..3)];
            Wish::new("model", model, move |job| job.model.as_deref() == Some(model))
        }
        10 => {
            let (pattern, suits) = PATTERNS[random.random_range(0..PATTERNS.len())];
            Wish::new("filename_regex", pattern, move |job| job.file_names.iter().any(|name| suits(name)))
        }
        11 => {
            let part = PARTS[random.random_range(0..PARTS.len())];
            let small = part.to_lowercase();
            Wish::new("filename_contains", part, move |job| {
                job.file_names.iter().any(|name| name.to_lowercase().contains(&small))
            })
        }
        12 => {
            let ends = [".pdf", ".tsv"];
            Wish::new("document_type", "TSV, pdf,pdf", move |job| {
                job.file_names.iter().any(|name| ends.iter().any(|end| name.to_lowercase().ends_with(end)))
            })
        }
        13 => {
            let customer = some(random, 'c', 40);
            let value = format!(r#"{{"customer":"{customer}"}}"#);
            Wish::new("metadata", value, move |job| {
                job.metadata.as_ref().is_some_and(|metadata| metadata["customer"] == customer.as_str())
            })
        }
        _ => time_or_id(random, jobs, days),
    }
}

fn time_or_id(random: &mut StdRng, jobs: &[Listed], days: &[String]) -> Wish {
    let day = days[random.random_range(0..days.len())].clone();
    match random.random_range(0..3) {
        0 => Wish::new("from_date", day.clone(), move |job| job.day >= day),
        1 => Wish::new("to_date", day.clone(), move |job| job.day <= day),
        _ => {
            let id = jobs[random.random_range(0..jobs.len())].id;
            Wish::new("id", id.to_string(), move |job| job.id == id)
        }
    }
}
