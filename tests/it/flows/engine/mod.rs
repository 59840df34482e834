//! The engine's processes as operators and clients see them: what holds them in, what ends them, what is told meanwhile.

mod bombs;
mod confined;
mod deaths;
mod progress;
mod run;

use std::time::Duration;

use serde_json::Value;
use tests::app::App;
use tests::client::parse_job;
use tests::documents::{data_url, slow_pdf};
use tests::eventually;

/// Two cores may be shared by many tests.
const BOUND: Duration = Duration::from_secs(60);

/// A job of so many pages, each of which takes a while.
fn slow_pages(pages: usize, units: u32) -> Value {
    parse_job("slow.pdf", &data_url("application/pdf", &slow_pdf(pages, units)))
}

/// The only process of the engine that the only worker has, once it has one that is none of these.
async fn child(app: &mut App, before: &[i32]) -> i32 {
    eventually("a process of the engine", BOUND, async || {
        app.worker(0).process.children().into_iter().find(|pid| !before.contains(pid))
    })
    .await
}
