use std::time::Duration;

use tests::app::App;
use tests::load::flood::Flood;
use tests::report;

const FLOOD: Flood =
    Flood { jobs: 4_000, burst: 120, takes: Duration::from_millis(50), slots: 8, bound: Duration::from_secs(120) };

#[tokio::test]
async fn a_burst_behind_a_flood_waits_no_more_than_twice_as_long_as_alone() {
    let builder = App::builder("a_burst_behind_a_flood_waits_no_more_than_twice_as_long_as_alone").alone();
    let waits = FLOOD.run(builder).await;
    report(format_args!("flood: {waits:?}, {:.2} times as long as alone", waits.ratio()));
    assert!(waits.ratio() <= 2.0, "{waits:?}");
}
