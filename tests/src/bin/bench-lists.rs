//! What a page of a list costs, with few jobs in the tables and with many. `make bench ARGS=lists` runs it on a release
//! build.
//!
//! The jobs are put into the tables by SQL, those of one large organization among those of many small ones; the lists
//! go through the API, one after the other.

use std::time::Duration;

use clap::Parser;
use shared::domain::JobId;
use tests::app::App;
use tests::client::Client;
use tests::fill::Fill;
use tests::report;
use url::form_urlencoded::Serializer;

/// Days of records that a service keeps.
const DAYS: u32 = 85;
/// Requests before any is measured: a statement is planned anew in the first five on a connection.
const WARM_UP: usize = 40;
/// The whole answer of a list with this many more jobs in the tables may take this many times as long.
const GOAL: f64 = 1.5;

/// Measures what a page of a list costs.
#[derive(Parser)]
struct Arguments {
    /// Jobs in the tables, for each run; the first is what the others are compared with.
    #[arg(long, value_delimiter = ',', default_value = "10000,1000000")]
    jobs: Vec<u32>,
    /// Organizations; the first has a fifth of the jobs.
    #[arg(long, default_value_t = 500)]
    organizations: u32,
    /// Requests of each class.
    #[arg(long, default_value_t = 300)]
    requests: usize,
    /// Measures only the classes whose names contain one of these.
    #[arg(long, value_delimiter = ',', default_value = "")]
    only: Vec<String>,
}

/// A name and the parameters of a query.
type Class = (&'static str, &'static [(&'static str, &'static str)]);

/// What is asked for, each under a name.
const CLASSES: [Class; 30] = [
    ("first page", &[]),
    ("first page, oldest first", &[("order", "asc")]),
    ("100 jobs", &[("limit", "100")]),
    ("page in the middle", &[("after", "MIDDLE")]),
    ("page before the middle", &[("before", "MIDDLE")]),
    ("from_date, to_date", &[("from_date", "DAY"), ("to_date", "DAY")]),
    ("id", &[("id", "MIDDLE")]),
    ("endpoint, common", &[("endpoint", "/v1/documents/parse")]),
    ("endpoint, rare", &[("endpoint", "/v1/schemas/generate")]),
    ("endpoint, no job", &[("endpoint", "/v1/edit/agent/fill")]),
    ("status=queued", &[("status", "queued")]),
    ("status=in_progress", &[("status", "in_progress")]),
    ("status=completed", &[("status", "completed")]),
    ("status=completed, oldest first", &[("status", "completed"), ("order", "asc")]),
    ("status=failed", &[("status", "failed")]),
    ("status=cancelled", &[("status", "cancelled")]),
    ("status=expired", &[("status", "expired")]),
    ("status=expired, oldest first", &[("status", "expired"), ("order", "asc")]),
    ("source=api", &[("source", "api")]),
    ("source=project", &[("source", "project")]),
    ("source=workflow", &[("source", "workflow")]),
    ("project_id", &[("project_id", "p1")]),
    ("workflow_id", &[("workflow_id", "w1")]),
    ("workflow_node_id", &[("workflow_node_id", "n1")]),
    ("model, 1 of 3", &[("model", "retab-large")]),
    ("filename_contains, 1 of 5", &[("filename_contains", "REPORT")]),
    ("filename_regex, 1 of 5", &[("filename_regex", "^scan")]),
    ("document_type, 1 of 5", &[("document_type", "docx")]),
    ("metadata, 1 of 80", &[("metadata", "{\"customer\":\"c4\"}")]),
    ("metadata, no job", &[("metadata", "{\"customer\":\"nobody\"}")]),
];

/// What one class took.
struct Figures {
    p50: Duration,
    p99: Duration,
    listed: usize,
    code: u16,
}

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    let mut sizes = Vec::new();
    for jobs in &arguments.jobs {
        sizes.push(Size::fill(*jobs, arguments.organizations).await);
        report(format_args!("{jobs} jobs are there"));
    }
    let wanted = |(name, _): &&Class| arguments.only.iter().any(|part| name.contains(part.as_str()));
    let classes: Vec<&Class> = CLASSES.iter().filter(wanted).collect();
    for (_, parameters) in &classes {
        measure(&mut sizes, parameters, arguments.requests).await;
    }
    if let Some((few, others)) = sizes.split_first() {
        others.iter().for_each(|many| compare(&classes, few, many));
    }
    for size in sizes {
        Fill::remove(&size.app.database().connect().await).await;
        size.app.finish().await;
    }
}

/// A Quire with so many jobs.
struct Size {
    jobs: u32,
    app: App,
    client: Client,
    /// A job of the large organization in the middle of its list, and its day.
    middle: (String, String),
    /// Of each class.
    figures: Vec<Figures>,
}

impl Size {
    async fn fill(jobs: u32, organizations: u32) -> Self {
        let app = App::builder(&format!("bench-lists-{jobs}")).workers(0).env("QUIRE_LOG", "warn").start().await;
        let sql = app.database().connect().await;
        Fill { jobs, organizations, days: DAYS }.into(&sql).await;
        let client = app.client_of("filled-1").await;
        let middle = "
            select id, to_char(created_at at time zone 'utc', 'YYYY-MM-DD') from jobs
            where organization_id = (select id from organizations where name = 'filled-1') order by id
            offset (select count(*) / 10 from jobs) limit 1";
        let row = sql.query_one(middle, &[]).await.expect("there is a job in the middle");
        let middle = (JobId::from_uuid(row.get(0)).to_string(), row.get(1));
        Self { jobs, app, client, middle, figures: Vec::new() }
    }

    fn path(&self, parameters: &[(&str, &str)]) -> String {
        let (id, day) = &self.middle;
        let mut query = Serializer::new("/v1/jobs?".to_owned());
        for (name, value) in parameters {
            let value = match *value {
                "MIDDLE" => id,
                "DAY" => day,
                other => other,
            };
            query.append_pair(name, value);
        }
        query.finish()
    }
}

/// Asks each in turn, so that all of them have the same share of whatever else the machine does.
async fn measure(sizes: &mut [Size], parameters: &[(&str, &str)], requests: usize) {
    let mut took: Vec<Vec<Duration>> = vec![Vec::with_capacity(requests); sizes.len()];
    let paths: Vec<String> = sizes.iter().map(|size| size.path(parameters)).collect();
    let mut answers = vec![(0, 0); sizes.len()];
    for number in 0..WARM_UP + requests {
        for (index, size) in sizes.iter().enumerate() {
            let answer = size.client.get(&paths[index]).await;
            assert!(matches!(answer.code, 200 | 422), "{}: {} {}", paths[index], answer.code, answer.body);
            answers[index] = (answer.code, answer.body["data"].as_array().map_or(0, Vec::len));
            if number >= WARM_UP {
                took[index].push(answer.took);
            }
        }
    }
    for (index, size) in sizes.iter_mut().enumerate() {
        took[index].sort_unstable();
        let at = |percent: usize| took[index][(requests - 1) * percent / 100];
        let (code, listed) = answers[index];
        size.figures.push(Figures { p50: at(50), p99: at(99), listed, code });
    }
}

fn compare(classes: &[&Class], few: &Size, many: &Size) {
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let shown = |figures: &Figures| {
        let listed = if figures.code == 200 { figures.listed } else { usize::from(figures.code) };
        format!("{:9.2} {:9.2} {listed:>6}", ms(figures.p50), ms(figures.p99))
    };
    report(format_args!(
        "\n{:32} {:>21} jobs {:>21} jobs  ratio of p99",
        "p50, p99 in ms; jobs listed", few.jobs, many.jobs
    ));
    let mut missed = 0;
    for ((name, _), (before, after)) in classes.iter().zip(few.figures.iter().zip(&many.figures)) {
        let ratio = ms(after.p99) / ms(before.p99);
        missed += usize::from(ratio > GOAL);
        report(format_args!("{name:32} {:>26} {:>26} {ratio:9.2}", shown(before), shown(after)));
    }
    report(format_args!("{missed} of {} classes take more than {GOAL} times as long", classes.len()));
}
