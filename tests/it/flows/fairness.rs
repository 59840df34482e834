use std::time::Duration;

use futures_util::StreamExt as _;
use shared::domain::Status;
use tests::app::App;
use tests::{audit, eventually, report};

use super::slow;

const FLOOD: usize = 500;
const WINDOW: usize = 20;
const BOUND: Duration = Duration::from_secs(120);

#[tokio::test]
async fn one_organizations_flood_does_not_delay_anothers_job() {
    let app = App::builder("one_organizations_flood_does_not_delay_anothers_job")
        .env("QUIRE_FAIRNESS_WINDOW", &WINDOW.to_string())
        .worker_env("QUIRE_RELAY_INTERVAL_MS", "50")
        .start()
        .await;
    let body = slow::job_of(&app, Duration::from_millis(60)).await;
    let guest = app.client_of("guest").await;
    let client = app.client();
    let submitted = futures_util::stream::iter(0..FLOOD).map(|_| client.submit(&body)).buffer_unordered(50);
    assert_eq!(submitted.count().await, FLOOD);

    let theirs = guest.submit(&body).await;
    guest.wait_until(theirs, Status::Completed, BOUND).await;
    let sql = app.database().connect().await;
    let row = sql
        .query_one(
            "select count(*) filter (where j.completed_at between g.created_at and g.completed_at),
               count(*) filter (where j.status = 'queued')
             from jobs j, (select * from jobs where id = $1) g where j.organization_id <> g.organization_id",
            &[&theirs.uuid()],
        )
        .await
        .unwrap();
    let (before, queued): (i64, i64) = (row.get(0), row.get(1));
    report(format_args!("fairness: {before} of the flood ran before the guest's job, {queued} were still queued"));
    assert!(queued > 0, "the flood was over before the guest came: nothing was shown");
    // Before it: the window's worth of messages, and those that the flood's submitters had under way beyond it.
    assert!(usize::try_from(before).unwrap() <= FLOOD / 4, "the guest waited for {before} jobs of the flood");
    eventually("the flood to end", BOUND, async || audit::unfinished(&sql).await.is_empty().then_some(())).await;
    app.finish().await;
}
