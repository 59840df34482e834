//! Tables filled with jobs that nobody submitted, for what depends on how many there are.

use tokio_postgres::Client;

/// How many.
#[derive(Debug, Clone, Copy)]
pub struct Fill {
    /// Jobs of all organizations.
    pub jobs: u32,
    /// Organizations, two at least; they are called `filled-1` and so on, and the first has a fifth of the jobs.
    pub organizations: u32,
    /// Days over which the jobs are spread evenly, the last of them today.
    pub days: u32,
}

impl Fill {
    /// Fills the tables and lets the planner know.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn into(self, sql: &Client) {
        let Self { jobs, organizations, days } = self;
        let run = async |what: &str, text: String| {
            sql.batch_execute(&text).await.unwrap_or_else(|error| panic!("{what}: {error:?}"));
        };
        run(
            "organizations",
            format!(
                "insert into organizations (id, name)
                 select gen_random_uuid(), 'filled-' || n from generate_series(1, {organizations}) n"
            ),
        )
        .await;
        run("partitions", partitions(days)).await;
        let fill = include_str!("fill.sql")
            .replace("%JOBS%", &jobs.to_string())
            .replace("%ORGANIZATIONS%", &organizations.to_string())
            .replace("%DAYS%", &days.to_string());
        run("fill.sql", fill).await;
        run("vacuum", "vacuum analyze".to_owned()).await;
    }

    /// Removes every job again: none of these has the attempts and results that real ones have.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn remove(sql: &Client) {
        const TABLES: &str = "truncate jobs, job_records, job_events, job_errors, job_attempts, outbox, running";
        sql.batch_execute(TABLES).await.expect("the tables can be emptied");
    }
}

/// Monthly partitions for jobs of so many days ago, where there are none.
fn partitions(days: u32) -> String {
    format!(
        "do $$
        declare month timestamp; parent text;
        begin
          for month in
            select generate_series(
              date_trunc('month', (now() - interval '{days} days') at time zone 'utc'),
              date_trunc('month', now() at time zone 'utc'), interval '1 month'
            )
          loop
            foreach parent in array array['jobs', 'job_records', 'job_errors', 'job_attempts', 'job_events'] loop
              execute format(
                'create table if not exists %I partition of %I for values from (%L) to (%L)',
                parent || to_char(month, '_YYYYMM'), parent, uuid_floor(month at time zone 'utc'),
                uuid_floor((month + interval '1 month') at time zone 'utc')
              );
            end loop;
          end loop;
        end $$"
    )
}
