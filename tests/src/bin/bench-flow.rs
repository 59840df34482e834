//! What one organization's flood, and an outage of one upstream, do to everybody else. `make bench ARGS=flood` and
//! `make bench ARGS=outage` run it on release builds.

use std::time::Duration;

use clap::Parser;
use tests::app::App;
use tests::load::flood::Flood;
use tests::load::outage::Outage;
use tests::report;

/// Measures what others notice of a flood or of an outage.
#[derive(Parser)]
enum Arguments {
    /// One organization's flood and another's burst.
    Flood {
        /// Jobs of the flood.
        #[arg(long, default_value_t = 20_000)]
        jobs: usize,
        /// Jobs of the burst.
        #[arg(long, default_value_t = 300)]
        burst: usize,
    },
    /// One upstream's outage and another's jobs.
    Outage {
        /// Jobs that wait for the upstream.
        #[arg(long, default_value_t = 5_000)]
        jobs: usize,
        /// Seconds that it is away.
        #[arg(long, default_value_t = 120)]
        seconds: u64,
    },
}

const TAKES: Duration = Duration::from_millis(50);
const SLOTS: usize = 8;
const WORKERS: usize = 2;
const BOUND: Duration = Duration::from_secs(1_200);
/// Tenths of a second that are shown of a recovery.
const RATES: usize = 50;

#[tokio::main]
async fn main() {
    let builder = App::builder("bench-flow").alone().workers(WORKERS).env("QUIRE_LOG", "warn");
    match Arguments::parse() {
        Arguments::Flood { jobs, burst } => {
            let flood = Flood { jobs, burst, takes: TAKES, slots: SLOTS, bound: BOUND };
            let waits = flood.run(builder).await;
            report(format_args!("{flood:?}\n{waits:?}\nthe other waits {:.2} times as long as alone", waits.ratio()));
        }
        Arguments::Outage { jobs, seconds } => {
            let lasts = Duration::from_secs(seconds);
            let outage = Outage { jobs, burst: 200, takes: TAKES, slots: SLOTS, lasts, bound: BOUND };
            let seen = outage.run(builder).await;
            let (most, counted) = seen.counted;
            report(format_args!("{outage:?}"));
            report(format_args!(
                "others wait {:?} before and {:?} during, {:.2} times",
                seen.before,
                seen.during,
                seen.ratio()
            ));
            report(format_args!("{} trials; {counted} failures counted, {most} of one job", seen.trials));
            report(format_args!("{} jobs failed", seen.failed));
            let first = seen.rates.iter().position(|requests| *requests > 0).unwrap_or_default();
            let rates: Vec<usize> = seen.rates.iter().copied().skip(first).take(RATES).collect();
            report(format_args!("requests in tenths of a second, from the first that was answered: {rates:?}"));
        }
    }
}
