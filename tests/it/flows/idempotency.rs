use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use shared::domain::{JobId, Status};
use tests::app::App;
use tests::documents::text_job;
use tests::report;

const SUBMITS: usize = 1_000;
const KEYS: usize = 50;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_submits_at_once_over_fifty_keys_make_fifty_jobs() {
    let app = App::builder("a_thousand_submits_at_once_over_fifty_keys").start().await;
    let client = app.client();
    let began = Instant::now();
    let mut submits: FuturesUnordered<_> = (0..SUBMITS)
        .map(|number| async move {
            let key = format!("key-{}", number % KEYS);
            let answer = client.create_once(&key, &text_job(&format!("text of {key}"))).await;
            (key, answer)
        })
        .collect();
    let mut jobs: BTreeMap<String, BTreeSet<JobId>> = BTreeMap::new();
    let mut fresh = 0;
    while let Some((key, answer)) = submits.next().await {
        let id = answer.accepted().unwrap_or_else(|| panic!("{key}: {} {}", answer.code, answer.body));
        fresh += usize::from(answer.header("idempotent-replayed").is_empty());
        jobs.entry(key).or_default().insert(id);
    }
    drop(submits);
    report(format_args!("{SUBMITS} submits over {KEYS} keys in {:.2} s", began.elapsed().as_secs_f64()));
    assert_eq!(jobs.len(), KEYS);
    assert!(jobs.values().all(|ids| ids.len() == 1), "a key stands for more than one job: {jobs:?}");
    assert_eq!(fresh, KEYS, "answers that do not say that they were replayed");
    let sql = app.database().connect().await;
    let stored: i64 = sql.query_one("select count(*) from jobs", &[]).await.unwrap().get(0);
    assert_eq!(usize::try_from(stored).unwrap(), KEYS);
    let deadlocks = "select deadlocks from pg_stat_database where datname = current_database()";
    let deadlocks: i64 = sql.query_one(deadlocks, &[]).await.unwrap().get(0);
    assert_eq!(deadlocks, 0);

    let other_body = client.create_once("key-0", &text_job("another text")).await;
    assert_eq!((other_body.code, other_body.error_code()), (409, "idempotency_key_reused"), "{}", other_body.body);
    for id in jobs.values().flatten() {
        client.wait_until(*id, Status::Completed, Duration::from_secs(60)).await;
    }
    // An ended job is still what its key stands for, and the same key of somebody else is another.
    let again = client.create_once("key-0", &text_job("text of key-0")).await;
    assert_eq!(again.accepted(), jobs["key-0"].first().copied());
    let other = app.client_of("other").await;
    let theirs = other.create_once("key-0", &text_job("another text")).await;
    assert_eq!(theirs.code, 200, "{}", theirs.body);
    assert_ne!(theirs.id(), again.id());
    other.wait_until(theirs.id(), Status::Completed, Duration::from_secs(30)).await;
    app.finish().await;
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let app = App::builder("a_key_that_is_none_is_refused").workers(0).start().await;
    for key in ["", &"k".repeat(256), "a\tb"] {
        let answer = app.client().create_once(key, &text_job("x")).await;
        assert_eq!(answer.code, 422, "{key:?}: {}", answer.body);
    }
    app.finish().await;
}
