use std::time::Duration;

use tests::app::App;
use tests::load::outage::{Outage, Seen};
use tests::report;

const OUTAGE: Outage = Outage {
    jobs: 300,
    burst: 160,
    takes: Duration::from_millis(150),
    slots: 8,
    lasts: Duration::from_secs(8),
    bound: Duration::from_secs(120),
};
/// Others that wait longer by this factor stand behind the backlog. `make bench ARGS=outage` measures the figure itself, on a
/// machine that does nothing else.
const RATIO: f64 = 2.0;
/// More requests than this in an outage of some seconds are no trials any more.
const TRIALS: usize = 60;
/// What must have been answered after the return before everything may run again.
const ENOUGH: usize = 3;

#[tokio::test]
async fn an_outage_of_one_upstream_costs_no_attempts_and_nobody_else_anything() {
    let builder = App::builder("an_outage_of_one_upstream_costs_no_attempts_and_nobody_else_anything")
        .worker_env("QUIRE_CIRCUIT_HOLD_MS", "500")
        .worker_env("QUIRE_CIRCUIT_HOLD_MAX_MS", "2000")
        .workers(2)
        .alone();
    let seen = OUTAGE.run(builder).await;
    let Seen { before, during, trials, counted: (most, all), failed, ref rates, ref steps } = seen;
    report(format_args!("outage: others wait {before:?} before, {during:?} during: {:.2} times", seen.ratio()));
    report(format_args!("outage: {trials} trials, {all} failures counted, {most} of one job at most"));
    report(format_args!("outage: requests in tenths of a second after the return: {rates:?}"));
    report(format_args!("outage: under way and answered: {:?}", &steps[..steps.len().min(24)]));
    assert_eq!(failed, 0);
    // Of the five that a job has: one before the outage was noticed, one that was under way then.
    assert!(most <= 2, "a job used up {most} attempts");
    assert!(trials <= TRIALS, "{trials} requests to an upstream that was away");
    // One more with each answer, from one; two claims in the same instant may let one more through (ADR 0013).
    for (under_way, answered) in steps.iter().take_while(|(_, answered)| *answered < ENOUGH) {
        assert!(*under_way <= answered + 2, "{under_way} under way after {answered} answers: {steps:?}");
    }
    assert!(seen.ratio() <= RATIO, "others waited {:.2} times as long", seen.ratio());
}
