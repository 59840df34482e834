//! Connections of clients: a cap on them, a bound on the time that a request's head may take, and an end for each.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::cause::Causes;
use crate::middleware::tidy_slashes;

/// Time for the head of a request, the idle time before it included. Longer than the pools of usual clients keep a
/// connection, so that it is the client that closes.
const HEAD_TIMEOUT: Duration = Duration::from_secs(120);
/// Pause after the system gave no connection: mostly it has no descriptor left, and asking at once again heats a core.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The connections of one process.
pub(super) struct Connections {
    open: GracefulShutdown,
    slots: Arc<Semaphore>,
    head_bytes: usize,
}

impl Connections {
    /// Up to `limit` connections at once; further ones wait in the system's queue. A request with a head of more than
    /// `head_bytes` is answered 431 without a body, and ends its connection.
    pub(super) fn new(limit: usize, head_bytes: usize) -> Self {
        Self { open: GracefulShutdown::new(), slots: Arc::new(Semaphore::new(limit)), head_bytes }
    }

    /// Serves what connects, until `stop`.
    pub(super) async fn accept_until(&self, listener: TcpListener, router: Router, stop: &CancellationToken) {
        // Before the router, because the path decides which route is taken.
        let service = TowerToHyperService::new(router.map_request(tidy_slashes));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_header_size(self.head_bytes);
        while let Some((stream, slot)) = stop.run_until_cancelled(self.next(&listener)).await {
            let serving = self.open.watch(http.serve_connection(TokioIo::new(stream), service.clone()));
            tokio::spawn(async move {
                if let Err(error) = serving.await {
                    tracing::debug!(%error, "a connection ended early");
                }
                drop(slot);
            });
        }
    }

    /// The next connection, and its slot among those that may be open.
    async fn next(&self, listener: &TcpListener) -> (TcpStream, Option<tokio::sync::OwnedSemaphorePermit>) {
        // The semaphore is never closed.
        let slot = Arc::clone(&self.slots).acquire_owned().await.ok();
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    // Answers are small: waiting to fill a packet only delays them.
                    let _not_fatal = stream.set_nodelay(true);
                    return (stream, slot);
                }
                Err(error) => {
                    tracing::warn!(error = %Causes(&error), "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    /// How many are open.
    pub(super) fn count(&self) -> usize {
        self.open.count()
    }

    /// Lets each finish the request that it is in, then closes it.
    pub(super) async fn drain(self) {
        self.open.shutdown().await;
    }
}
