//! What can go wrong with the broker, apart from the publish of a message.

use lapin::protocol::{AMQPErrorKind, AMQPSoftError};

/// Why a connection, a declaration or a question to the broker failed.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// The configured address is not one.
    #[error("the broker's address is not a valid amqp:// or amqps:// url")]
    Url,
    /// There is no connection at the moment.
    #[error("not connected to the broker")]
    Disconnected,
    /// The broker did not answer in time.
    #[error("the broker did not answer in time: {0}")]
    Timeout(&'static str),
    /// An exchange or a queue exists with other arguments. Nothing is changed or deleted: that is for an operator.
    #[error(
        "{name:?} exists in the broker with other arguments than ours; make the settings agree or delete it: {reply}"
    )]
    Mismatch {
        /// The exchange or queue.
        name: String,
        /// What the broker said.
        reply: String,
    },
    /// A queue that must be there is not.
    #[error("queue {0:?} does not exist")]
    Missing(&'static str),
    /// Any other failure.
    #[error(transparent)]
    Amqp(#[from] lapin::Error),
}

impl BrokerError {
    /// Logs why there is no connection, for those who can do something about it: time heals all but a mismatch.
    pub(super) fn report(&self, consequence: &'static str) {
        match self {
            Self::Mismatch { .. } => tracing::error!(error = %self, "{consequence}"),
            _ => tracing::warn!(error = %self, "{consequence}"),
        }
    }
}

/// The reply text when the broker closed the channel with `code`.
pub(super) fn soft_error(error: &lapin::Error, code: &AMQPSoftError) -> Option<String> {
    match error.kind() {
        lapin::ErrorKind::ProtocolError(reply) if *reply.kind() == AMQPErrorKind::Soft(code.clone()) => {
            Some(reply.get_message().to_string())
        }
        _ => None,
    }
}
