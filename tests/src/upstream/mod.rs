//! A foreign service on a real socket, spoken HTTP/1.1 by hand: so that it can do what no server library would.
//!
//! ```ignore
//! let upstream = Upstream::start().await;             // answers 200 {"ok":true}
//! upstream.then(Reply::of(500)).then(Reply::hang());  // what the next requests are answered, in order
//! upstream.always(|received| Reply::json(200, &json!({ "bytes": received.body.len() })));
//! // ... url = "{upstream.url("/run")}" in the endpoints of the app ...
//! assert_eq!(upstream.received().len(), 3);
//! ```

mod connection;
mod reply;
mod tls;

use std::collections::VecDeque;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

pub use reply::Reply;
pub use tls::Authority;

use crate::process;

/// A request as it came in, and what became of it.
#[derive(Debug, Clone)]
pub struct Received {
    /// When its body was whole.
    pub at: Instant,
    /// The method.
    pub method: String,
    /// As in the request line: a path, or a whole URL when it came as to a proxy.
    pub target: String,
    /// Names in lower case, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// When the answer was whole, or the client gone.
    pub ended: Option<Instant>,
    /// The client went away before the answer was whole.
    pub abandoned: bool,
    /// Bytes of the answer's body that the system has taken.
    pub sent: u64,
}

impl Received {
    /// The value of a header; empty when there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

type Script = Arc<dyn Fn(&Received) -> Reply + Send + Sync>;

struct State {
    next: VecDeque<Reply>,
    always: Script,
    received: Vec<Received>,
    in_flight: usize,
    peak: usize,
    connections: usize,
}

/// What connections share with the test.
#[derive(Clone)]
struct Shared(Arc<Mutex<State>>);

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a request; answers its number and what it is to be answered.
    fn begin(&self, received: Received) -> (usize, Reply) {
        let mut state = self.state();
        let reply = state.next.pop_front().unwrap_or_else(|| (state.always)(&received));
        state.received.push(received);
        state.in_flight += 1;
        state.peak = state.peak.max(state.in_flight);
        (state.received.len() - 1, reply)
    }

    fn sent(&self, number: usize, bytes: u64) {
        self.state().received[number].sent += bytes;
    }

    fn end(&self, number: usize, abandoned: bool) {
        let mut state = self.state();
        state.in_flight -= 1;
        let received = &mut state.received[number];
        received.ended = Some(Instant::now());
        received.abandoned = abandoned;
    }
}

/// A listening service; stops with this value.
pub struct Upstream {
    address: SocketAddr,
    acceptor: Option<TlsAcceptor>,
    shared: Shared,
    listening: Mutex<Option<JoinHandle<()>>>,
}

impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upstream").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Upstream {
    /// Listens on a free port of this machine and answers 200 `{"ok":true}` until it is told otherwise.
    pub async fn start() -> Self {
        Self::listen(None).await
    }

    /// The same over TLS, as `localhost`, with a certificate of this authority.
    pub async fn start_tls(authority: &Authority) -> Self {
        Self::listen(Some(authority.acceptor())).await
    }

    async fn listen(acceptor: Option<TlsAcceptor>) -> Self {
        let state = State {
            next: VecDeque::new(),
            always: Arc::new(|_| Reply::json(200, &json!({ "ok": true }))),
            received: Vec::new(),
            in_flight: 0,
            peak: 0,
            connections: 0,
        };
        let address = SocketAddr::from(([127, 0, 0, 1], process::free_port()));
        let shared = Shared(Arc::new(Mutex::new(state)));
        let upstream = Self { address, acceptor, shared, listening: Mutex::new(None) };
        upstream.resume().await;
        upstream
    }

    /// The URL of a path of this service.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        match self.acceptor {
            None => format!("http://{}{path}", self.address),
            Some(_) => format!("https://localhost:{}{path}", self.address.port()),
        }
    }

    /// What one more request is answered, after those that were said before.
    pub fn then(&self, reply: Reply) -> &Self {
        self.shared.state().next.push_back(reply);
        self
    }

    /// What every other request is answered.
    pub fn always(&self, script: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> &Self {
        self.shared.state().always = Arc::new(script);
        self
    }

    /// Every request so far, in the order in which they were whole.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.shared.state().received.clone()
    }

    /// How many requests have come.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shared.state().received.len()
    }

    /// Requests that are being answered.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.shared.state().in_flight
    }

    /// The most requests that were being answered at the same time.
    #[must_use]
    pub fn peak(&self) -> usize {
        self.shared.state().peak
    }

    /// Connections that were accepted.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.state().connections
    }

    /// Stops listening and breaks every connection: from now on connections are refused.
    pub async fn refuse(&self) {
        let listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(listening) = listening {
            listening.abort();
            // The port is free when the task is gone.
            let _cancelled = listening.await;
        }
    }

    /// Listens again, at the same address.
    ///
    /// # Panics
    /// When somebody has taken the port.
    pub async fn resume(&self) {
        let listener = TcpListener::bind(self.address).await.expect("the port is free");
        let task = tokio::spawn(accept(listener, self.acceptor.clone(), self.shared.clone()));
        *self.listening.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        if let Some(listening) = self.listening.lock().unwrap_or_else(PoisonError::into_inner).take() {
            listening.abort();
        }
    }
}

/// Serves until aborted; its connections break with it.
async fn accept(listener: TcpListener, acceptor: Option<TlsAcceptor>, shared: Shared) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        stream.set_nodelay(true).ok();
        while connections.try_join_next().is_some() {}
        shared.state().connections += 1;
        let (acceptor, shared) = (acceptor.clone(), shared.clone());
        connections.spawn(async move {
            match acceptor {
                None => connection::serve(stream, shared).await,
                // A client that does not trust us goes away here.
                Some(acceptor) => {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        connection::serve(stream, shared).await;
                    }
                }
            }
        });
    }
}
