//! Time travel: what weeks and months do to the tables, done to a test's own database at once.

use shared::domain::JobId;
use shared::store::Store;
use tokio_postgres::Client;

/// A job id made so many days ago.
pub(crate) fn id_made(store: &Store, days_ago: u64) -> JobId {
    JobId::generate(store.clock().unix_millis() - days_ago * 86_400_000)
}

/// Makes the partitions of requests and results that expire so many days ago, unless they are there, and answers the
/// digits in their names.
pub(crate) async fn day(sql: &Client, days_ago: i32) -> String {
    outlive_all(sql, &[], days_ago).await
}

/// Makes the partitions of the month in which this id was made, and answers the digits in their names.
pub(crate) async fn month(sql: &Client, job: JobId) -> String {
    let (digits, make) = month_of(sql, job).await;
    sql.batch_execute(&make).await.unwrap();
    digits
}

/// Moves the end of a job's life to noon of so many days ago, and its request and result with it. Makes the partitions
/// of that day; answers their digits.
pub(crate) async fn outlive(sql: &Client, job: JobId, days_ago: i32) -> String {
    outlive_all(sql, &[job], days_ago).await
}

/// The same for several jobs in one transaction: a worker may take the day's partitions away a moment later.
pub(crate) async fn outlive_all(sql: &Client, jobs: &[JobId], days_ago: i32) -> String {
    const DAY: &str = "select to_char(d, 'YYYYMMDD'), d::text, (d + 1)::text
        from (select (now() at time zone 'utc')::date - $1::integer as d) t";
    let row = sql.query_one(DAY, &[&days_ago]).await.unwrap();
    let (digits, low, high): (String, String, String) = (row.get(0), row.get(1), row.get(2));
    let mut moves =
        format!("begin; {}", partitions(&["job_payloads", "job_results", "job_extractions"], &digits, &low, &high));
    for job in jobs {
        let id = job.uuid();
        moves += &format!(
            "update jobs set expires_at = '{low} 12:00Z', expires_on = '{low}' where id = '{id}';
             update job_payloads set expires_on = '{low}' where id = '{id}';
             update job_results set expires_on = '{low}' where id = '{id}';
             update job_extractions set expires_on = '{low}' where id = '{id}';
             update outbox set expires_at = '{low} 12:00Z' where job_id = '{id}';"
        );
    }
    sql.batch_execute(&format!("{moves} commit")).await.unwrap();
    digits
}

/// Gives a job another id, and with it another time and another month, in every table that names it.
pub(crate) async fn rename(sql: &Client, job: JobId, new: JobId) {
    const TABLES: [&str; 8] = [
        "jobs",
        "job_records",
        "job_errors",
        "job_attempts",
        "job_events",
        "job_payloads",
        "job_results",
        "job_extractions",
    ];
    let (_, make) = month_of(sql, new).await;
    let (old, new) = (job.uuid(), new.uuid());
    let rename = TABLES.map(|table| format!("update {table} set id = '{new}' where id = '{old}';")).concat();
    sql.batch_execute(&format!("begin; {make} {rename} commit")).await.unwrap();
}

/// The digits of the month in which this id was made, and what makes its partitions.
async fn month_of(sql: &Client, job: JobId) -> (String, String) {
    const PARENTS: [&str; 5] = ["jobs", "job_records", "job_errors", "job_attempts", "job_events"];
    const MONTH: &str = "select to_char(m, 'YYYYMM'),
          uuid_floor(m at time zone 'utc')::text, uuid_floor((m + interval '1 month') at time zone 'utc')::text
        from (select date_trunc('month', to_timestamp($1::float8 / 1000) at time zone 'utc') as m) t";
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
    let row = sql.query_one(MONTH, &[&(job.unix_millis() as f64)]).await.unwrap();
    let (digits, low, high): (String, String, String) = (row.get(0), row.get(1), row.get(2));
    let make = partitions(&PARENTS, &digits, &low, &high);
    (digits, make)
}

fn partitions(parents: &[&str], digits: &str, low: &str, high: &str) -> String {
    let make = |parent| {
        format!(
            "create table if not exists {parent}_{digits} partition of {parent} for values from ('{low}') to ('{high}');"
        )
    };
    parents.iter().map(make).collect()
}

/// The tables whose names end in these digits, partitions or not.
pub(crate) async fn tables(sql: &Client, digits: &str) -> Vec<String> {
    const TABLES: &str = "select relname::text from pg_class where relkind = 'r' and relname ~ $1 order by relname";
    let rows = sql.query(TABLES, &[&format!("^job[a-z_]*_{digits}$")]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}
