//! The limits of a broker client.

use std::fmt;
use std::time::Duration;

use lapin::uri::AMQPUri;
use secrecy::{ExposeSecret as _, SecretString};

use super::BrokerError;

/// How one process talks to RabbitMQ. [`BrokerConfig::new`] fills in the defaults; each limit may be changed after.
#[derive(Clone)]
pub struct BrokerConfig {
    uri: AMQPUri,
    /// What the broker's management pages show for our connections; the role is appended. Say which process it is.
    pub name: String,
    /// TCP and TLS must be up within this. Default 3 s.
    pub connect_timeout: Duration,
    /// Heartbeat interval, in whole seconds; a peer that is silent for twice as long is dead. Default 10 s.
    pub heartbeat: Duration,
    /// How long a publish waits for its confirm, its time in our queue included. Default 2 s.
    pub confirm_timeout: Duration,
    /// How many publishes may be unconfirmed at once. Default 256.
    pub publish_window: usize,
    /// How many publishes may wait for a place in the window; beyond it they are refused at once. Default 4,096.
    pub publish_queue: usize,
    /// `x-max-length` of every queue, in messages. It is an argument of the queues: processes that share a broker must
    /// agree on it. Default 200,000, which is some 100 MB of memory in a quorum queue of 3.10.
    pub queue_max_length: u32,
    /// The first pause before a reconnection; it doubles up to `reconnect_max`, each with jitter. Default 100 ms.
    pub reconnect_min: Duration,
    /// The longest pause before a reconnection. Default 5 s.
    pub reconnect_max: Duration,
}

impl BrokerConfig {
    /// The defaults for the broker at `url` (`amqp://` or `amqps://`), under the connection name `name`.
    ///
    /// # Errors
    /// [`BrokerError::Url`] when `url` is not an AMQP address. The text of the error does not repeat the address,
    /// because it may hold a password.
    pub fn new(url: &SecretString, name: impl Into<String>) -> Result<Self, BrokerError> {
        Ok(Self {
            uri: url.expose_secret().parse().map_err(|_| BrokerError::Url)?,
            name: name.into(),
            connect_timeout: Duration::from_secs(3),
            heartbeat: Duration::from_secs(10),
            confirm_timeout: Duration::from_secs(2),
            publish_window: 256,
            publish_queue: 4_096,
            queue_max_length: 200_000,
            reconnect_min: Duration::from_millis(100),
            reconnect_max: Duration::from_secs(5),
        })
    }

    /// The address with our heartbeat in it, unless the operator's address names one.
    pub(super) fn uri(&self) -> AMQPUri {
        let mut uri = self.uri.clone();
        let seconds = u16::try_from(self.heartbeat.as_secs()).unwrap_or(u16::MAX).max(1);
        uri.query.heartbeat.get_or_insert(seconds);
        uri
    }

    /// How long the AMQP handshake may take once TCP is up.
    ///
    /// Twice the heartbeat, like any other silence of the broker. An abandoned handshake keeps a thread until its
    /// socket dies, so a broker that accepts and says nothing must not be tried anew every few seconds.
    pub(super) fn handshake_timeout(&self) -> Duration {
        self.connect_timeout + self.heartbeat * 2
    }
}

impl fmt::Debug for BrokerConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BrokerConfig")
            .field("host", &self.uri.authority.host)
            .field("port", &self.uri.authority.port)
            .field("vhost", &self.uri.vhost)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_in_neither_debug_nor_errors() {
        let config = BrokerConfig::new(&"amqp://user:hunter2@broker:5672/%2f".into(), "test").unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));

        let error = BrokerConfig::new(&"amqp:user:hunter2@broker".into(), "test").unwrap_err();
        assert!(!format!("{error:?} {error}").contains("hunter2"));
    }

    #[test]
    fn the_heartbeat_of_the_address_wins() {
        let ours = BrokerConfig::new(&"amqp://broker".into(), "test").unwrap();
        assert_eq!(ours.uri().query.heartbeat, Some(10));
        let theirs = BrokerConfig::new(&"amqp://broker?heartbeat=3".into(), "test").unwrap();
        assert_eq!(theirs.uri().query.heartbeat, Some(3));
    }
}
