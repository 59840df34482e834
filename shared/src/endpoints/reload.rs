//! Reading the file again while the process runs.

use std::fmt::Display;
use std::sync::Arc;

use metrics::counter;
use tokio::signal::unix::Signal;

use super::Changes;

/// At every SIGHUP reads again what is in force and replaces it. What cannot be read changes nothing: the old is known to
/// work. Never ends.
///
/// `read` answers `None` where there is no file; `replace` puts in force what was read and says what that has changed.
pub async fn reload<T, E>(
    mut hangups: Signal,
    read: impl Fn() -> Result<Option<T>, E> + Send + Sync + 'static,
    replace: impl Fn(T) -> Changes,
) where
    T: Send + 'static,
    E: Display + Send + 'static,
{
    let read = Arc::new(read);
    while hangups.recv().await.is_some() {
        let read = Arc::clone(&read);
        // Files and schemas take their time, and so may a slow disk.
        match tokio::task::spawn_blocking(move || read()).await {
            Ok(Ok(Some(new))) => {
                let Changes { endpoints, added, removed, changed } = replace(new);
                counted("replaced");
                tracing::info!(endpoints, ?added, ?removed, ?changed, "the endpoints were read again");
            }
            Ok(Ok(None)) => {
                tracing::info!("there is no file of endpoints to read again: QUIRE_ENDPOINTS_FILE is not set")
            }
            Ok(Err(mistakes)) => {
                counted("refused");
                tracing::error!(error = %mistakes, "the endpoints cannot be read again and stay as they were");
            }
            Err(error) => {
                counted("refused");
                tracing::error!(error = %error, "reading the endpoints again has failed, and they stay as they were");
            }
        }
    }
}

fn counted(result: &'static str) {
    counter!("quire_endpoints_reload_total", "result" => result).increment(1);
}
