//! Waiting with a bound: the only way in which a test waits for anything.

use std::time::{Duration, Instant};

/// How often a condition is looked at.
const STEP: Duration = Duration::from_millis(20);

/// Looks until `probe` has an answer.
///
/// # Panics
/// When there is none within `bound`; the message says what was waited for.
pub async fn eventually<T>(what: &str, bound: Duration, probe: impl AsyncFnMut() -> Option<T>) -> T {
    match within(bound, probe).await {
        Some(answer) => answer,
        None => panic!("waited {bound:?} in vain for {what}"),
    }
}

/// Looks until `probe` has an answer; `None` when there is none within `bound`.
pub async fn within<T>(bound: Duration, mut probe: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let began = Instant::now();
    loop {
        if let Some(answer) = probe().await {
            return Some(answer);
        }
        if began.elapsed() >= bound {
            return None;
        }
        tokio::time::sleep(STEP).await;
    }
}

/// Runs something asynchronous where nothing can be awaited: in a drop, after the test's own runtime may have stopped.
pub(crate) fn block_on(work: impl Future<Output = ()> + Send + 'static) {
    let ended = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(work);
    })
    .join();
    assert!(ended.is_ok() || std::thread::panicking(), "cleaning up failed");
}
