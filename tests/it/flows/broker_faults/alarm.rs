use std::time::Duration;

use shared::domain::Status;
use tests::app::App;
use tests::control::{Control, Setting};
use tests::documents::text_job;
use tests::{eventually, report};

use super::{BOUND, ended};

/// A create must not wait for a broker that takes nothing.
const CREATE_BOUND: Duration = Duration::from_secs(2);

#[tokio::test]
async fn while_the_broker_blocks_publishing_jobs_are_accepted_promptly_and_run_after() {
    let name = "while_the_broker_blocks_publishing";
    let Some(control) = Control::find(name) else { return };
    let mut app = App::builder(name).alone().api_env("QUIRE_API_CONFIRM_WAIT_MS", "150").start().await;
    let (raise, lower) = (["set_vm_memory_high_watermark", "absolute", "1MB"], ["set_vm_memory_high_watermark", "0.4"]);
    let alarm = Setting::change(&control, &raise, &lower).await;
    // The broker says so to whoever publishes.
    eventually("a create to be told that it will take longer", BOUND, async || {
        let answer = app.client().create(&text_job("first")).await;
        assert!(answer.took < CREATE_BOUND, "a create took {:?}", answer.took);
        (answer.code == 202).then_some(())
    })
    .await;
    let mut slowest = Duration::ZERO;
    for number in 0..20 {
        let answer = app.client().create(&text_job(&format!("number {number}"))).await;
        assert_eq!(answer.code, 202, "{}", answer.body);
        slowest = slowest.max(answer.took);
    }
    report(format_args!("memory alarm: the slowest of 20 creates took {} ms", slowest.as_millis()));
    assert!(slowest < CREATE_BOUND);
    alarm.restore().await;
    let ended = ended(&app).await;
    assert!(matches!(ended[..], [(Status::Completed, 21..)]), "{ended:?}");
    // And the way is as short as before.
    app.api().wait_ready().await;
    eventually("a create that is not delayed", BOUND, async || {
        (app.client().create(&text_job("after")).await.code == 200).then_some(())
    })
    .await;
    super::ended(&app).await;
    app.finish().await;
}
