//! Reads are asked again when their connection turns out to be dead: after a restart of PostgreSQL every pooled
//! connection is, and no client should see that.

use std::future::Future;
use std::time::{Duration, Instant};

use shared::store::StoreError;

/// Times a read is tried.
const TRIES: u32 = 3;
/// A read that failed after this long is not tried again: the client waits.
const GIVE_UP_AFTER: Duration = Duration::from_secs(1);
/// Longest pause before the second try; doubles with each.
const PAUSE: Duration = Duration::from_millis(20);

/// Asks until there is an answer, an error that will not pass, or no time left.
pub(super) async fn read<T, F>(mut ask: impl FnMut() -> F) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, StoreError>>,
{
    let began = Instant::now();
    let mut tries = 1;
    loop {
        match ask().await {
            Err(error) if error.is_transient() && tries < TRIES && began.elapsed() < GIVE_UP_AFTER => {
                tokio::time::sleep(jittered(PAUSE * 2_u32.pow(tries - 1))).await;
                tries += 1;
            }
            answer => return answer,
        }
    }
}

/// A pause from the upper half of its bound: many tasks lose one database at the same moment.
pub(super) fn jittered(bound: Duration) -> Duration {
    bound.mul_f64(rand::random_range(0.5..=1.0))
}
