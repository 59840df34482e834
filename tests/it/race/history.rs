//! The history of every status, recorded by a trigger of the test's, and what it must not hold.

use shared::domain::{Event, Status, apply};
use tests::report;

use crate::bed::Bed;

/// Share of updates of jobs that must not touch an index.
const MIN_HOT_PERCENT: f64 = 90.0;

pub(super) async fn record(bed: &Bed) {
    bed.run(
        "create table history (
           n bigserial primary key, id uuid not null, was text not null, became text not null,
           generation_was integer not null, generation integer not null, late boolean not null);
         create function record() returns trigger language plpgsql as $$
         begin
           insert into history (id, was, became, generation_was, generation, late)
           values (new.id, old.status, new.status, old.generation, new.generation, old.expires_at <= now());
           return null;
         end $$;
         create trigger record after update on jobs for each row
         when (old.status is distinct from new.status) execute function record()",
    )
    .await;
}

pub(super) async fn check(bed: &Bed) {
    moves_are_legal(bed).await;
    let second_ends = "select count(*) from (
        select from history
        where became in ('completed', 'failed', 'cancelled', 'expired')
        group by id, generation having count(*) > 1) twice";
    assert_eq!(bed.count(second_ends).await, 0, "generations that ended twice");
    let breaks = "select count(*) from (
        select was, lag(became) over (partition by id order by n) as before from history) steps
        where before is not null and was <> before";
    assert_eq!(bed.count(breaks).await, 0, "histories with a gap");
    let without_result = "select count(*) from history h join jobs j on j.id = h.id and j.generation = h.generation
        where h.became = 'completed'
          and not exists (select from job_results r where r.id = h.id and r.generation = h.generation)";
    assert_eq!(bed.count(without_result).await, 0, "completed without a result");
    conflicts_and_hot_updates(bed).await;
}

async fn moves_are_legal(bed: &Bed) {
    let rows = bed
        .sql
        .query(
            "select was, became, generation - generation_was, count(*), late and was = 'completed' from history
             group by 1, 2, 3, 5 order by 4 desc",
            &[],
        )
        .await
        .unwrap();
    assert!(!rows.is_empty(), "nothing happened");
    let mut illegal = Vec::new();
    for row in rows {
        let (was, became): (Status, Status) =
            (row.get::<_, &str>(0).parse().unwrap(), row.get::<_, &str>(1).parse().unwrap());
        let (generations, count): (i32, i64) = (row.get(2), row.get(3));
        // A client's retry, and nothing else, begins a new generation.
        // A completed job whose time is over is expired without anybody having written so.
        let was = if row.get(4) { Status::Expired } else { was };
        let legal = Event::ALL
            .into_iter()
            .any(|event| apply(was, event) == Ok(became) && i32::from(event == Event::UserRetried) == generations);
        report(format_args!("race: {was} to {became}, generation +{generations}: {count}"));
        if !legal {
            illegal.push(format!("{was} to {became}, generation +{generations}: {count}"));
        }
    }
    assert!(illegal.is_empty(), "moves that the machine does not know:\n{}", illegal.join("\n"));
}

#[expect(clippy::cast_precision_loss, reason = "a percentage")]
async fn conflicts_and_hot_updates(bed: &Bed) {
    bed.run("select pg_stat_force_next_flush()").await;
    let deadlocks = bed.count("select deadlocks from pg_stat_database where datname = current_database()").await;
    report(format_args!("race: {deadlocks} deadlocks, each retried by the store"));
    const UPDATES: &str = "select coalesce(sum(n_tup_upd), 0)::bigint, coalesce(sum(n_tup_hot_upd), 0)::bigint
        from pg_stat_user_tables where relid in (select inhrelid from pg_inherits where inhparent = 'jobs'::regclass)";
    let row = bed.sql.query_one(UPDATES, &[]).await.unwrap();
    let (all, hot): (i64, i64) = (row.get(0), row.get(1));
    let percent = 100.0 * hot as f64 / all.max(1) as f64;
    report(format_args!("race: {all} updates of jobs, {percent:.1} % of them HOT"));
    assert!(percent > MIN_HOT_PERCENT, "{percent:.1} % of the updates of jobs were HOT");
}
