//! One connection: how it is opened, and how its end is noticed.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use lapin::tcp::AMQPUriTcpExt as _;
use lapin::{Connection, ConnectionProperties, Event};
use tokio::time::timeout;

use super::{BrokerConfig, BrokerError};

/// How often the state of a connection is looked at besides its events: not every way to close it sends one.
pub(super) const HEALTH_INTERVAL: Duration = Duration::from_secs(1);
/// A polite close that takes longer is given up: the broker then sees the socket close.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// What a connection is for. The first two are kept apart because the broker blocks connections that publish, and a blocked
/// connection sends no acknowledgements either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Publisher,
    Consumer,
    /// Consumes dead letters.
    Reconciler,
    /// A command of an operator.
    Operator,
}

impl Role {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Consumer => "consumer",
            Self::Reconciler => "reconciler",
            Self::Operator => "operator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An open connection and its only listener: lapin gives each event to one listener, not to all.
pub(super) struct Link {
    pub(super) connection: Arc<Connection>,
    events: BoxStream<'static, Event>,
}

impl Link {
    /// Opens a connection without lapin's automatic recovery: the supervisors rebuild everything, so that there is one
    /// path back and not two.
    pub(super) async fn open(config: &BrokerConfig, role: Role) -> Result<Self, BrokerError> {
        install_tls_provider();
        let properties = ConnectionProperties::default().with_connection_name(format!("{} {role}", config.name).into());
        let limit = config.connect_timeout;
        // lapin connects on a thread of its own that outlives an abandoned attempt, so the limit is set in there.
        let dial = async move |uri: lapin::uri::AMQPUri, runtime| {
            timeout(limit, uri.connect_async(&runtime))
                .await
                .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
                .map_err(lapin::Error::from)
        };
        let opening = Connection::connector(config.uri(), lapin::runtime::default_runtime()?, dial, properties);
        let connection = timeout(config.handshake_timeout(), opening)
            .await
            .map_err(|_| BrokerError::Timeout("opening a connection"))??;
        let events = connection.events_listener().boxed();
        Ok(Self { connection: Arc::new(connection), events })
    }

    /// The next event of the connection or of any of its channels.
    pub(super) async fn event(&mut self) -> Event {
        match self.events.next().await {
            Some(event) => event,
            // The connection holds a sender of its own events.
            None => std::future::pending().await,
        }
    }

    /// Whether the connection is usable, as far as lapin knows.
    pub(super) fn is_open(&self) -> bool {
        self.connection.status().connected()
    }

    /// Resolves when the connection is dead, with what is known about it.
    pub(super) async fn dead(&mut self) -> BrokerError {
        let mut health = tokio::time::interval(HEALTH_INTERVAL);
        let mut last = BrokerError::Disconnected;
        while self.is_open() {
            tokio::select! {
                event = self.event() => if let Event::Error(error) = event { last = error.into() },
                _ = health.tick() => {}
            }
        }
        last
    }

    /// Says goodbye to the broker, within a limit.
    pub(super) async fn close(&mut self) {
        let goodbye = self.connection.close(200, "shutting down".into());
        match timeout(CLOSE_TIMEOUT, goodbye).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%error, "the broker connection was closed already"),
            Err(_) => tracing::debug!("the broker did not answer our close in time"),
        }
    }
}

/// Makes ring the process's TLS implementation, unless the binary has chosen one: with none installed, rustls has to
/// guess from the cargo features of the whole build.
fn install_tls_provider() {
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
}
