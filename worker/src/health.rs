//! Health and metrics of a worker, over HTTP.

use std::net::SocketAddr;

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Value, json};
use shared::domain::Clock;
use shared::store::Store;
use shared::telemetry::Metrics;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::attempt::Held;

/// What is asked.
#[derive(Clone)]
pub(crate) struct Health {
    pub(crate) store: Store,
    pub(crate) metrics: Metrics,
    pub(crate) held: Held,
    /// Whether the consumers are connected; `None` when the worker does not execute.
    pub(crate) connected: Option<watch::Receiver<bool>>,
}

/// Binds now, so that an address that is taken stops the process, and serves until told to stop.
pub(crate) async fn serve(
    address: SocketAddr,
    health: Health,
    shutdown: CancellationToken,
) -> std::io::Result<impl Future<Output = ()> + Send> {
    let listener = TcpListener::bind(address).await?;
    tracing::info!(address = %listener.local_addr()?, "serving health and metrics on {address}");
    let router = Router::new()
        .route("/healthz", get(|| async { Json(json!({ "status": "alive" })) }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(health);
    Ok(async move {
        let served = axum::serve(listener, router).with_graceful_shutdown(shutdown.cancelled_owned()).await;
        if let Err(error) = served {
            tracing::error!(%error, "health and metrics are not served any more");
        }
    })
}

/// Ready means: the database answers, the clock is right, and work reaches us. Without the broker it still does, from
/// the outbox, so that alone does not make a worker unready; it is told all the same.
async fn ready(State(health): State<Health>) -> (StatusCode, Json<Value>) {
    let database = health.store.synchronize_clock().await.is_ok();
    let skew = health.store.clock().skew();
    let clock = skew <= Clock::MAX_SKEW;
    let broker = health.connected.map(|connected| *connected.borrow());
    let status = if database && clock { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let answer = json!({
        "status": if status == StatusCode::OK { "ready" } else { "not_ready" },
        "database": database,
        "clock_skew_ms": u64::try_from(skew.as_millis()).unwrap_or(u64::MAX),
        "broker": broker,
        "in_flight": health.held.len(),
    });
    (status, Json(answer))
}

async fn metrics(State(health): State<Health>) -> String {
    health.store.tell_usage("main");
    health.metrics.render()
}
