use std::collections::HashSet;
use std::time::Duration;

use shared::domain::{JobId, Lane, OrganizationId};
use shared::store::Limits;
use shared::store::jobs::{AcceptRules, NewJob};
use shared::store::outbox::{Dispatch, RelayRules};
use tests::report;

use crate::bed::{Bed, LANE, rules, statement, window};

const RULES: RelayRules = RelayRules { window: window(200), batch: 500, hold: Duration::from_secs(30) };

/// Accepts jobs that no fast path publishes: the relay is the first to see them.
async fn accept(bed: &Bed, organization: OrganizationId, count: usize) -> Vec<JobId> {
    let batch: Vec<NewJob> = (0..count).map(|_| bed.job_of(organization)).collect();
    bed.store.accept(&batch, AcceptRules { window: window(0), ..rules() }).await.unwrap();
    batch.iter().map(|job| job.id).collect()
}

async fn relay(bed: &Bed, rules: RelayRules) -> Vec<Dispatch> {
    bed.store.relay(LANE, rules, &Limits::default()).await.unwrap()
}

fn keys(taken: &[Dispatch]) -> Vec<(JobId, i32)> {
    taken.iter().map(|dispatch| (dispatch.job, dispatch.seq)).collect()
}

#[tokio::test]
async fn organizations_take_turns() {
    let bed = Bed::new().await;
    let (flood, guest) = (bed.organization("flood").await, bed.organization("guest").await);
    accept(&bed, flood, 100).await;
    let wanted = accept(&bed, guest, 2).await;
    let taken = relay(&bed, RelayRules { batch: 10, ..RULES }).await;
    assert_eq!(taken.len(), 10);
    let mut places: Vec<usize> =
        wanted.iter().map(|job| taken.iter().position(|dispatch| dispatch.job == *job).unwrap()).collect();
    places.sort_unstable();
    assert!(places[0] < 2 && places[1] < 4, "the guest waited behind the flood: {places:?}");
}

#[tokio::test]
async fn an_organization_has_no_more_with_the_broker_than_the_window() {
    let bed = Bed::new().await;
    let narrow = RelayRules { window: window(7), ..RULES };
    accept(&bed, bed.organization, 20).await;
    let taken = relay(&bed, narrow).await;
    assert_eq!(taken.len(), 7);
    bed.store.stamp(&keys(&taken)).await.unwrap();
    assert!(relay(&bed, narrow).await.is_empty(), "the window was exceeded");
    // Each claim makes room for one.
    bed.claim(taken[0].job).await;
    bed.claim(taken[1].job).await;
    assert_eq!(relay(&bed, narrow).await.len(), 2);
}

#[tokio::test]
async fn what_waits_in_a_rung_takes_no_room_from_what_is_due() {
    let bed = Bed::new().await;
    let narrow = RelayRules { window: window(7), ..RULES };
    accept(&bed, bed.organization, 7).await;
    let in_rungs = relay(&bed, narrow).await;
    bed.store.stamp(&keys(&in_rungs)).await.unwrap();
    bed.run("update outbox set not_before = now() + interval '20 s'").await;
    accept(&bed, bed.organization, 3).await;
    assert_eq!(relay(&bed, narrow).await.len(), 3);
}

#[tokio::test]
async fn rows_that_one_relay_took_are_not_taken_by_another() {
    let bed = Bed::new().await;
    accept(&bed, bed.organization, 300).await;
    let half = RelayRules { batch: 150, window: window(1000), ..RULES };
    let (one, two) = tokio::join!(relay(&bed, half), relay(&bed, half));
    let all: HashSet<JobId> = one.iter().chain(&two).map(|dispatch| dispatch.job).collect();
    assert_eq!(all.len(), one.len() + two.len(), "a row was taken twice");
    // Unstamped, they come again when the hold is over.
    bed.run("update outbox set claimed_until = now() - interval '1 s' where claimed_until is not null").await;
    assert_eq!(relay(&bed, RelayRules { window: window(1000), ..RULES }).await.len(), 300);
}

#[tokio::test]
async fn only_due_rows_of_the_lane_are_taken_and_those_of_the_fast_path_left_to_it() {
    let bed = Bed::new().await;
    let due = accept(&bed, bed.organization, 1).await;
    let delayed = NewJob { delay: Duration::from_secs(60), ..bed.job() };
    let elsewhere = NewJob { lane: Lane::Long, ..bed.job() };
    bed.accept(&[delayed, elsewhere]).await;
    let fast = bed.queued().await;
    assert_eq!(relay(&bed, RULES).await.iter().map(|dispatch| dispatch.job).collect::<Vec<_>>(), due);
    // The process that accepted it died before it could publish.
    bed.run("update outbox set claimed_until = now() - interval '1 s' where claimed_until is not null").await;
    let jobs: HashSet<JobId> = relay(&bed, RULES).await.iter().map(|dispatch| dispatch.job).collect();
    assert_eq!(jobs, HashSet::from([due[0], fast]));
}

#[tokio::test]
async fn a_dispatch_carries_the_jobs_trace() {
    let bed = Bed::new().await;
    let job = NewJob { traceparent: Some("00-aa-bb-01".to_owned()), ..bed.job() };
    bed.store.accept(&[job], AcceptRules { window: window(0), ..rules() }).await.unwrap();
    assert_eq!(relay(&bed, RULES).await[0].traceparent.as_deref(), Some("00-aa-bb-01"));
}

#[tokio::test]
async fn endpoints_of_an_organization_take_turns() {
    let bed = Bed::new().await;
    accept(&bed, bed.organization, 100).await;
    let other: Vec<NewJob> = (0..4).map(|_| NewJob { endpoint: "/v1/other".into(), ..bed.job() }).collect();
    bed.store.accept(&other, AcceptRules { window: window(0), ..rules() }).await.unwrap();
    // The window is all that the organization has, and both endpoints have their part of it.
    let taken = relay(&bed, RelayRules { window: window(6), ..RULES }).await;
    assert_eq!(taken.len(), 6);
    assert_eq!(taken.iter().filter(|dispatch| other.iter().any(|job| job.id == dispatch.job)).count(), 3);
}

#[tokio::test]
async fn a_row_of_a_program_that_knew_no_endpoints_is_taken() {
    let bed = Bed::new().await;
    let old = accept(&bed, bed.organization, 3).await;
    bed.run("update outbox set endpoint = ''").await;
    accept(&bed, bed.organization, 3).await;
    let taken = relay(&bed, RULES).await;
    assert_eq!(taken.len(), 6);
    assert_eq!(old.iter().filter(|job| taken.iter().any(|dispatch| dispatch.job == **job)).count(), 3);
}

/// Rows of the outbox alone: enough that reading them all would show.
const BACKLOG: i32 = 100_000;
/// Pages that a look at a handful of owners may touch.
const PAGES: i64 = 1_500;

#[tokio::test]
async fn a_backlog_is_not_read_to_find_what_may_run() {
    let bed = Bed::new().await;
    bed.run(&format!(
        "insert into outbox (job_id, seq, lane, endpoint, organization_id, expires_at, published_at)
         select gen_random_uuid(), 1, 'batch', '/v1/' || case when n % 10 = 0 then 'slow' else 'down' end,
           md5((n / 10 % 2)::text)::uuid, now() + interval '1 day', case when n % 1000 = 1 then now() end
         from generate_series(1, {BACKLOG}) n;
         insert into upstream_states (endpoint, allowed, enough, held_until, trips)
         values ('/v1/down', 1, 4, now() + interval '1 minute', 1)"
    ))
    .await;
    let rows = accept(&bed, bed.organization, 5).await;
    // Some hundred rows tell that an organization floods; they are no more with a longer backlog.
    let arguments = "'{/v1/slow}', '{8}', '{null}'";
    let looks = [
        ("outbox.relay", "text, bigint, bigint, float8, bigint, text[], bigint[], bigint[]", "'batch', 200, 500, 0, 1"),
        ("outbox.peek", "text, bigint, text[], bigint[], bigint[]", "'batch', 4"),
    ];
    for analyzed in [false, true] {
        if analyzed {
            bed.run("vacuum analyze outbox").await;
        }
        for (name, types, first) in looks {
            for mode in ["force_generic_plan", "force_custom_plan"] {
                bed.run(&format!(
                    "set plan_cache_mode = {mode}; set jit = off; deallocate all; prepare look ({types}) as {}",
                    statement(name)
                ))
                .await;
                let explain =
                    format!("explain (analyze, buffers, timing off, format json) execute look ({first}, {arguments})");
                let plan: serde_json::Value = bed.sql.query_one(&explain, &[]).await.unwrap().get(0);
                let top = &plan[0]["Plan"];
                let pages = top["Shared Hit Blocks"].as_i64().unwrap() + top["Shared Read Blocks"].as_i64().unwrap();
                report(format_args!("{name}, {mode}, analyzed {analyzed}: {pages} pages"));
                assert!(pages < PAGES, "{name}, {mode}: {pages} pages: {plan}");
            }
        }
        bed.run("update outbox set claimed_until = null where claimed_until is not null").await;
    }
    let taken = relay(&bed, RULES).await;
    assert_eq!(taken.iter().filter(|dispatch| rows.contains(&dispatch.job)).count(), 5);
}
