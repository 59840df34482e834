//! What one job costs: statements, durable commits, time. `make bench` runs it on release builds.
//!
//! One api, two workers, a database and a virtual host of its own, small text documents; many submitters at once, then
//! one alone: what the second pays more is what grouping saves.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;
use tests::app::App;
use tests::client::Client;
use tests::documents::text_job;
use tests::{eventually, report};

/// The statements that every job needs, and whose commits are waited for.
const ESSENTIAL: [&str; 3] = ["jobs.accept", "jobs.claim", "jobs.finish"];
const WORKERS: usize = 2;
/// Time for the last job to end.
const DRAIN_BOUND: Duration = Duration::from_secs(600);

/// Measures what a job costs.
#[derive(Parser)]
struct Arguments {
    /// Jobs of the run with many submitters; the lone one gets a tenth.
    #[arg(long, default_value_t = 5_000)]
    jobs: usize,
    /// Requests under way at the same time.
    #[arg(long, default_value_t = 64)]
    submitters: usize,
    /// Attempts of one worker at the same time.
    #[arg(long, default_value_t = 32)]
    slots: usize,
}

/// One run's figures.
struct Run {
    jobs: usize,
    submit: Duration,
    whole: Duration,
    latencies: Vec<Duration>,
    statements: BTreeMap<String, f64>,
    source: &'static str,
    syncs: f64,
    wal_bytes: f64,
}

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    let many = run(&arguments, arguments.submitters, arguments.jobs).await;
    print(&format!("{} submitters at once", arguments.submitters), &many);
    let alone = run(&arguments, 1, (arguments.jobs / 10).max(1)).await;
    print("one submitter", &alone);
    let ratio = commits(&alone) / commits(&many).max(f64::MIN_POSITIVE);
    report(format_args!("\none submitter pays {ratio:.1} times the durable commits of a job among many"));
}

async fn run(arguments: &Arguments, submitters: usize, jobs: usize) -> Run {
    let mut app = App::builder("bench")
        .alone()
        .workers(WORKERS)
        .env("QUIRE_LOG", "warn")
        .env("QUIRE_DATABASE_POOL_SIZE", "16")
        .worker_env("QUIRE_WORKER_SLOTS", &format!("batch={}", arguments.slots))
        .start()
        .await;
    let sql = app.database().connect().await;
    // Not loaded everywhere: without it our own metrics are asked.
    let has_statements = sql.batch_execute("create extension if not exists pg_stat_statements").await.is_ok();
    warm_up(&app, &sql).await;
    let before = Counters::read(&mut app, &sql, has_statements).await;
    let began = Instant::now();
    let latencies = submit(app.client(), submitters, jobs).await;
    let submitted = began.elapsed();
    drained(&sql).await;
    let whole = began.elapsed();
    let after = Counters::read(&mut app, &sql, has_statements).await;
    app.finish().await;
    Run {
        jobs,
        submit: submitted,
        whole,
        latencies,
        statements: after.statements_since(&before),
        source: if has_statements { "pg_stat_statements" } else { "the processes' metrics" },
        syncs: after.syncs - before.syncs,
        wal_bytes: after.wal_bytes - before.wal_bytes,
    }
}

/// Connections, prepared statements and the engine's children are there before anything is measured.
async fn warm_up(app: &App, sql: &tokio_postgres::Client) {
    submit(app.client(), 16, 100).await;
    drained(sql).await;
}

async fn drained(sql: &tokio_postgres::Client) {
    const OPEN: &str = "select exists (select from outbox) or exists (select from running)";
    eventually("every job to end", DRAIN_BOUND, async || {
        let open: bool = sql.query_one(OPEN, &[]).await.expect("the database answers").get(0);
        (!open).then_some(())
    })
    .await;
}

/// Submits so many jobs, each submitter one after the other; answers how long each took, sorted.
async fn submit(client: &Client, submitters: usize, jobs: usize) -> Vec<Duration> {
    let next = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..submitters)
        .map(|_| {
            let (client, next) = (client.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                let mut took = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= jobs {
                        return took;
                    }
                    let answer = client.create(&text_job(&format!("The text of document {number}."))).await;
                    assert!(answer.accepted().is_some(), "{} {}", answer.code, answer.body);
                    took.push(answer.took);
                }
            })
        })
        .collect();
    let mut latencies = Vec::new();
    for task in tasks {
        latencies.extend(task.await.expect("a submitter does not fail"));
    }
    latencies.sort_unstable();
    latencies
}

/// What the server and the processes have counted so far.
struct Counters {
    statements: BTreeMap<String, f64>,
    syncs: f64,
    wal_bytes: f64,
}

impl Counters {
    async fn read(app: &mut App, sql: &tokio_postgres::Client, has_statements: bool) -> Self {
        let statements = if has_statements { by_server(sql).await } else { by_processes(app).await };
        let row = sql
            .query_one("select wal_sync::float8, wal_bytes::float8 from pg_stat_wal", &[])
            .await
            .expect("the server counts its syncs");
        Self { statements, syncs: row.get(0), wal_bytes: row.get(1) }
    }

    fn statements_since(&self, before: &Self) -> BTreeMap<String, f64> {
        let calls = |name: &String| before.statements.get(name).copied().unwrap_or_default();
        self.statements.iter().map(|(name, count)| (name.clone(), count - calls(name))).collect()
    }
}

/// Calls by the name that each statement's text begins with.
async fn by_server(sql: &tokio_postgres::Client) -> BTreeMap<String, f64> {
    const CALLS: &str = "
        select substring(query from '^-- (\\S+)'), sum(calls)::float8
        from pg_stat_statements
        where dbid = (select oid from pg_database where datname = current_database()) and query like '-- %'
        group by 1";
    let rows = sql.query(CALLS, &[]).await.expect("pg_stat_statements can be read");
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// Calls as the processes counted them.
async fn by_processes(app: &mut App) -> BTreeMap<String, f64> {
    let mut texts = vec![app.api().metrics().await];
    for index in 0..WORKERS {
        texts.push(app.worker(index).metrics().await);
    }
    let mut calls = BTreeMap::new();
    for line in texts.iter().flat_map(|text| text.lines()) {
        let Some(rest) = line.strip_prefix("quire_store_statement_seconds_count{statement=\"") else { continue };
        let Some((name, count)) = rest.split_once("\"} ") else { continue };
        *calls.entry(name.to_owned()).or_default() += count.parse::<f64>().unwrap_or_default();
    }
    calls
}

/// Commits that a job waits for, by the three statements that every job needs.
fn commits(run: &Run) -> f64 {
    let calls: f64 = ESSENTIAL.iter().filter_map(|name| run.statements.get(*name)).sum();
    calls / per(run)
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark")]
const fn per(run: &Run) -> f64 {
    run.jobs as f64
}

fn print(title: &str, run: &Run) {
    let jobs = per(run);
    let at = |percent: usize| run.latencies[(run.latencies.len() - 1) * percent / 100].as_secs_f64() * 1000.0;
    report(format_args!("\n{title}: {} jobs", run.jobs));
    report(format_args!("  submit        {:8.0} jobs/s", jobs / run.submit.as_secs_f64()));
    report(format_args!("  end to end    {:8.0} jobs/s", jobs / run.whole.as_secs_f64()));
    report(format_args!("  submit p50    {:8.1} ms, p99 {:.1} ms, max {:.1} ms", at(50), at(99), at(100)));
    report(format_args!("  WAL syncs     {:8.3} a job, {:.0} bytes of WAL", run.syncs / jobs, run.wal_bytes / jobs));
    for name in ESSENTIAL {
        let calls = run.statements.get(name).copied().unwrap_or_default();
        report(format_args!(
            "  {name:13} {:8.3} commits a job, {:.1} jobs a statement",
            calls / jobs,
            jobs / calls.max(1.0)
        ));
    }
    report(format_args!("  together      {:8.3} durable commits a job in accept, claim and finish", commits(run)));
    report(format_args!("  statements a job, by {}:", run.source));
    for (name, calls) in run.statements.iter().filter(|(_, calls)| **calls > 0.0) {
        report(format_args!("    {name:24} {:8.3}", calls / jobs));
    }
}
