use std::time::Duration;

use tests::app::App;
use tests::load::flood::Flood;
use tests::report;

const FLOOD: Flood =
    Flood { jobs: 4_000, burst: 120, takes: Duration::from_millis(50), slots: 8, bound: Duration::from_secs(120) };

/// With half of the slots a burst takes twice as long. More than this, and it stands behind the flood, which would take many
/// times as long. `make bench ARGS=flood` measures the figure itself, on a machine that does nothing else.
const RATIO: f64 = 3.0;

#[tokio::test]
async fn a_burst_shares_the_slots_with_a_flood_and_does_not_stand_behind_it() {
    let builder = App::builder("a_burst_shares_the_slots_with_a_flood_and_does_not_stand_behind_it").alone();
    let waits = FLOOD.run(builder).await;
    report(format_args!("flood: {waits:?}, {:.2} times as long as alone", waits.ratio()));
    assert!(waits.ratio() <= RATIO, "{waits:?}");
}
