//! One request to its answer.

use std::time::Duration;

use bytes::Bytes;
use shared::domain::{Failure, FailureCode};
use tokio_util::sync::CancellationToken;

use crate::executor::{Asked, Documents};

/// Answers a request within this time. Like a job's, it is tried once more if the engine dies of it.
pub(super) async fn answer(
    documents: &Documents,
    path: &str,
    text: Bytes,
    bound: Option<Duration>,
    stop: &CancellationToken,
) -> Result<Bytes, Failure> {
    let work = async {
        let asked = |again| Asked { path, text: text.clone(), file: None, again };
        match documents.answer(asked(false), stop).await {
            Err(failure) if failure.code == FailureCode::EngineCrashed => documents.answer(asked(true), stop).await,
            answered => answered,
        }
    };
    let answered = match bound {
        None => work.await,
        Some(bound) => tokio::time::timeout(bound, work).await.unwrap_or_else(|_| Err(timed_out(bound))),
    };
    answered.map(|response| response.body)
}

fn timed_out(bound: Duration) -> Failure {
    let message = format!("the request took longer than {} s", bound.as_secs());
    Failure::new(FailureCode::AttemptTimedOut, message)
}
