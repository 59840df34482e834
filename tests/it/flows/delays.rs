//! When failed jobs come back: drawn anywhere in their bound, never early, and none behind another's longer delay.

use std::time::Duration;

use futures_util::StreamExt as _;
use tests::app::App;
use tests::documents::text_job;
use tests::{eventually, report};
use tokio_postgres::Client as Sql;

const JOBS: usize = 1_000;
/// The longest delay: drawn are some that are waited for in memory alone, and some for each of the two shorter rungs.
const BOUND_MS: f64 = 12_000.0;
const WAIT: Duration = Duration::from_secs(90);
/// The way back through the broker, on a machine that others use too.
const LATE_P99_MS: f64 = 2_000.0;
/// What longer delays may add to it.
const LATE_DIFFERENCE_MS: f64 = 500.0;
/// Of ten equal shares of the bound each has as many draws as any other, but for chance: ten times in a million runs the
/// sum of squares is larger than this (9 degrees of freedom).
const CHI_SQUARED_MAX: f64 = 39.0;

/// Notes of every row that enters the outbox when it is due: the row itself is gone once its job is claimed.
const NOTE: &str = "
    create table drawn (job_id uuid, seq integer, not_before timestamptz);
    create function note() returns trigger language plpgsql as $$
      begin insert into drawn values (new.job_id, new.seq, new.not_before); return new; end $$;
    create trigger note after insert on outbox for each row execute function note();";
/// Requests that cannot be read make attempts fail in a way that may pass.
const SPOIL: &str = "update job_payloads set request = 'no zstd'";
const RETRIES: &str = "
    select (extract(epoch from d.not_before - failed.ended_at) * 1000)::float8,
      (extract(epoch from next.started_at - d.not_before) * 1000)::float8,
      d.seq = 2,
      d.not_before > (select max(ended_at) from job_attempts where attempt = 1)
    from drawn d
    join job_attempts failed on failed.id = d.job_id and failed.attempt = d.seq - 1
    join job_attempts next on next.id = d.job_id and next.attempt = d.seq";

/// An attempt after a failed one. Times are in milliseconds.
struct Retry {
    delay: f64,
    late: f64,
    /// The second attempt: every job has one, whatever was drawn.
    second: bool,
    /// It was due after the first attempts of all, which come in one wave, had made room.
    calm: bool,
}

/// Accepts so many jobs whose attempts will fail.
async fn submit_failing(app: &App, sql: &Sql, count: usize) {
    sql.batch_execute(NOTE).await.unwrap();
    let client = app.client();
    let submitted = futures_util::stream::iter(0..count)
        .map(async |number| client.submit(&text_job(&format!("number {number}"))).await)
        .buffer_unordered(64);
    assert_eq!(submitted.count().await, count);
    sql.batch_execute(SPOIL).await.unwrap();
}

/// Waits until each of so many jobs has had its second attempt; answers all attempts from there on.
async fn retries(sql: &Sql, count: usize) -> Vec<Retry> {
    eventually("every job's second attempt", WAIT, async || {
        let rows = sql.query(RETRIES, &[]).await.unwrap();
        let retry = |row: &tokio_postgres::Row| Retry {
            delay: row.get(0),
            late: row.get(1),
            second: row.get(2),
            calm: row.get(3),
        };
        let retries: Vec<Retry> = rows.iter().map(retry).collect();
        (retries.iter().filter(|retry| retry.second).count() == count).then_some(retries)
    })
    .await
}

/// The value that this share of them does not exceed.
fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index"
    )]
    let index = ((sorted.len() - 1) as f64 * share) as usize;
    sorted[index]
}

/// How many values are in each of ten equal shares of `0..bound`.
fn tenths(values: &[f64], bound: f64) -> [u32; 10] {
    let mut counts = [0; 10];
    for value in values {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to the table's ends")]
        let index = (value / bound * 10.0) as usize;
        counts[index.min(9)] += 1;
    }
    counts
}

fn plot(title: &str, values: &[f64], bound: f64) {
    report(format_args!("{title}"));
    for (index, count) in tenths(values, bound).into_iter().enumerate() {
        let from = bound / 10.0 * f64::from(u8::try_from(index).unwrap());
        report(format_args!("{from:>8.0} ms {count:>5} {}", "#".repeat(count.div_ceil(10) as usize)));
    }
}

/// The lateness by how the delay was served.
fn kinds(retries: &[Retry]) -> [(&'static str, Vec<f64>); 3] {
    let late = |from: f64, to: f64| {
        let kind = retries.iter().filter(|retry| retry.calm && (from..to).contains(&retry.delay));
        kind.map(|retry| retry.late).collect()
    };
    [("memory", late(0.0, 1e3)), ("rung of 1 s", late(1e3, 5e3)), ("rung of 5 s", late(5e3, 30e3))]
}

#[tokio::test]
async fn a_thousand_failed_jobs_come_back_jittered_none_early_none_behind_a_longer_delay() {
    let mut app = App::builder("a_thousand_failed_jobs_come_back_jittered")
        .alone()
        .workers(0)
        .env("QUIRE_FAIRNESS_WINDOW", "2000")
        .worker_env("QUIRE_WORKER_SLOTS", "interactive=1,batch=16,long=1")
        .worker_env("QUIRE_RETRY_BASE_MS", "12000")
        .worker_env("QUIRE_RETRY_MAX_MS", "12000")
        .start()
        .await;
    let sql = app.database().connect().await;
    submit_failing(&app, &sql, JOBS).await;
    app.start_worker(&[]).await;
    let retries = retries(&sql, JOBS).await;
    let delays: Vec<f64> = retries.iter().filter(|retry| retry.second).map(|retry| retry.delay).collect();
    let late: Vec<f64> = retries.iter().map(|retry| retry.late).collect();
    // What the first wave of all attempts holds up waits for slots, not for its delay.
    let calm: Vec<f64> = retries.iter().filter(|retry| retry.calm).map(|retry| retry.late).collect();

    plot("delays that were drawn:", &delays, BOUND_MS);
    plot("attempts began after they were due by:", &calm, percentile(&calm, 1.0));
    let p99 = percentile(&calm, 0.99);
    report(format_args!("late: p50 {:.0} ms, p99 {p99:.0} ms of {}", percentile(&calm, 0.5), calm.len()));
    let kinds = kinds(&retries);
    for (kind, late) in &kinds {
        report(format_args!("{} by {kind}: late by {:.0} ms (median)", late.len(), percentile(late, 0.5)));
    }
    let metrics = app.worker(0).metrics().await;
    for line in metrics.lines().filter(|line| line.starts_with("quire_retries_announced_total")) {
        report(line);
    }

    assert!(late.iter().all(|late| *late >= 0.0), "a job came back {:.0} ms early", -percentile(&late, 0.0));
    assert!(p99 < LATE_P99_MS, "one of a hundred came back {p99:.0} ms late");
    let medians = kinds.map(|(_, late)| percentile(&late, 0.5));
    let spread = medians.iter().fold(0.0, |most: f64, one| most.max(*one)) - percentile(&medians, 0.0);
    assert!(spread < LATE_DIFFERENCE_MS, "medians by kind differ by {spread:.0} ms: {medians:?}");
    let expected = f64::from(u32::try_from(JOBS / 10).unwrap());
    let chi_squared: f64 =
        tenths(&delays, BOUND_MS).iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
    assert!(chi_squared < CHI_SQUARED_MAX, "the draws are not spread evenly: {chi_squared:.0}");
    // What the rungs are for: it was not the relay that brought them back.
    for through in ["jobs", "jobs.retry.1s", "jobs.retry.5s"] {
        let line = format!("quire_retries_announced_total{{through=\"{through}\",result=\"ok\"}}");
        assert!(metrics.contains(&line), "nothing went through {through}:\n{metrics}");
    }
    app.leaves_unfinished();
    app.finish().await;
}

#[tokio::test]
async fn a_worker_that_dies_takes_no_retry_with_it() {
    const FAILING: usize = 100;
    let mut app = App::builder("a_worker_that_dies_takes_no_retry_with_it")
        .workers(0)
        .worker_env("QUIRE_RETRY_BASE_MS", "12000")
        .worker_env("QUIRE_RETRY_MAX_MS", "12000")
        .start()
        .await;
    let sql = app.database().connect().await;
    submit_failing(&app, &sql, FAILING).await;
    let victim = app.start_worker(&[("QUIRE_WORKER_ROLES", "execute,relay")]).await;
    // Started before the end of the other, so that only the retries have to be found again.
    app.start_worker(&[("QUIRE_WORKER_ROLES", "relay,maintain")]).await;
    eventually("every first attempt to fail", WAIT, async || {
        let failed = "select count(*) from job_attempts where attempt = 1 and ended_at is not null";
        let count: i64 = sql.query_one(failed, &[]).await.unwrap().get(0);
        (usize::try_from(count).unwrap() == FAILING).then_some(())
    })
    .await;
    let in_rungs = "select count(*) filter (where published_at is not null), count(*) from outbox";
    let row = sql.query_one(in_rungs, &[]).await.unwrap();
    app.worker(victim).process.kill_hard().await;
    let (published, waiting): (i64, i64) = (row.get(0), row.get(1));
    report(format_args!("killed with {waiting} retries to come, {published} of them in the broker already"));
    assert!(published < waiting, "nothing waited in memory");
    app.start_worker(&[("QUIRE_WORKER_ROLES", "execute")]).await;
    let late: Vec<f64> = retries(&sql, FAILING).await.iter().map(|retry| retry.late).collect();
    report(format_args!("all came back, {:.0} ms late at most", percentile(&late, 1.0)));
    assert!(late.iter().all(|late| *late >= 0.0), "a job came back {:.0} ms early", -percentile(&late, 0.0));
    app.leaves_unfinished();
    app.finish().await;
}
