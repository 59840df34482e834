//! Keeps a publishing session alive, and refuses at once what comes while there is none.

use std::future::Future;
use std::sync::Arc;

use lapin::Connection;
use metrics::gauge;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::session::Session;
use super::{Outgoing, PublishError};
use crate::broker::backoff::Backoff;
use crate::broker::connection::Role;
use crate::broker::{BrokerConfig, BrokerError};

pub(super) struct Supervisor {
    pub(super) config: BrokerConfig,
    pub(super) outgoing: mpsc::Receiver<Outgoing>,
    pub(super) availability: watch::Sender<bool>,
    pub(super) connections: watch::Sender<Option<Arc<Connection>>>,
    pub(super) shutdown: CancellationToken,
}

impl Supervisor {
    pub(super) async fn run(mut self) {
        let mut backoff = Backoff::new(self.config.reconnect_min, self.config.reconnect_max);
        let shutdown = self.shutdown.clone();
        while !shutdown.is_cancelled() {
            let config = self.config.clone();
            let Some(opened) = self.refusing(Session::open(&config)).await else { break };
            let started = Instant::now();
            if let Err(error) = self.serve(opened).await {
                error.report("no connection for publishing; dispatches wait in the outbox");
            }
            if started.elapsed() > self.config.reconnect_max {
                backoff.reset();
            }
            if self.refusing(tokio::time::sleep(backoff.next())).await.is_none() {
                break;
            }
        }
    }

    async fn serve(&mut self, opened: Result<Session, BrokerError>) -> Result<(), BrokerError> {
        let mut session = opened?;
        tracing::info!("connected for publishing");
        self.announce(Some(session.connection()));
        let end = session.run(&mut self.outgoing, &self.availability, &self.shutdown).await;
        self.announce(None);
        if end.is_ok() {
            session.finish(self.config.confirm_timeout).await;
        }
        end
    }

    fn announce(&self, connection: Option<Arc<Connection>>) {
        let connected = connection.is_some();
        gauge!("quire_broker_connected", "role" => Role::Publisher.as_str()).set(f64::from(u8::from(connected)));
        self.connections.send_replace(connection);
        self.availability.send_replace(connected);
    }

    /// Runs `work` while it answers every publish: not now. `None` when it is time to stop.
    async fn refusing<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        tokio::pin!(work);
        loop {
            tokio::select! {
                biased;
                () = self.shutdown.cancelled() => return None,
                done = &mut work => return Some(done),
                next = self.outgoing.recv() => {
                    // `None` means that every handle is gone, and nobody is left to publish.
                    let _caller_gone = next?.reply.send(Err(PublishError::Unavailable));
                }
            }
        }
    }
}
