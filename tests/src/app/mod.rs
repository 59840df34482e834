//! A whole Quire of a test's own: one api, some workers, a database, a virtual host.

mod builder;

use std::path::PathBuf;
use std::process::Output;
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

pub use builder::AppBuilder;
pub use process::{Process, is_alive};

use crate::client::Client;
use crate::database::Database;
use crate::{VirtualHost, audit, eventually, process, report, within};

/// Time for a process to answer `/readyz` with 200. Generous: two cores may be shared by many tests.
const READY_BOUND: Duration = Duration::from_secs(60);
/// Time for what a client has seen to be counted too.
const COUNTED_BOUND: Duration = Duration::from_secs(30);
/// Time for a process to end when the test is over and nothing is left to do.
const STOP_BOUND: Duration = Duration::from_secs(20);

/// One of the processes, and where its health and metrics are.
#[derive(Debug)]
pub struct Served {
    /// The process.
    pub process: Process,
    /// `http://host:port`.
    pub url: String,
}

impl Served {
    /// Waits until it calls itself ready and has reached the broker. It works without the broker too, but a test that
    /// begins with a delayed dispatch would be another test.
    ///
    /// # Panics
    /// When it ends first, or is not ready in time.
    pub async fn wait_ready(&mut self) {
        let client = Client::new(&self.url, None);
        eventually(&format!("{} to be ready", self.url), READY_BOUND, async || {
            if let Some(status) = self.process.ended() {
                panic!("ended with {status} before it was ready: {}", self.process.tail());
            }
            let answer = client.try_send(client.request(Method::GET, "/readyz")).await.ok()?;
            (answer.code == 200 && answer.body["broker"] != false).then_some(())
        })
        .await;
    }

    /// What it says of itself at `/readyz`.
    pub async fn readiness(&self) -> Value {
        Client::new(&self.url, None).get("/readyz").await.body
    }

    /// Its metrics, as text.
    pub async fn metrics(&self) -> String {
        let answer = Client::new(&self.url, None).get("/metrics").await;
        assert_eq!(answer.code, 200, "{}/metrics", self.url);
        String::from_utf8(answer.bytes).expect("metrics are text")
    }

    /// Its metrics, as text, once each of these lines is among them: an effect can be seen a moment before it is counted.
    ///
    /// # Panics
    /// When a line is not there in time.
    pub async fn metrics_with(&self, lines: &[&str]) -> String {
        let missing = |text: &str| lines.iter().find(|line| !text.lines().any(|told| told == **line)).copied();
        let counted = within(COUNTED_BOUND, async || Some(self.metrics().await).filter(|text| missing(text).is_none()));
        match counted.await {
            Some(text) => text,
            None => {
                let text = self.metrics().await;
                panic!("{} is not told:\n{text}", missing(&text).unwrap_or("what came too late"))
            }
        }
    }
}

/// A running Quire. Ends with [`App::finish`], which checks what was left behind; a test that forgets it fails.
#[derive(Debug)]
pub struct App {
    name: String,
    folder: PathBuf,
    variables: Vec<(String, String)>,
    worker_variables: Vec<(String, String)>,
    api: Served,
    workers: Vec<Served>,
    client: Client,
    leaves_unfinished: bool,
    finished: bool,
    // Last: dropped after the processes that use them.
    host: VirtualHost,
    database: Database,
}

impl App {
    /// Describes the Quire of the test of this name.
    #[must_use]
    pub fn builder(name: &str) -> AppBuilder {
        AppBuilder::new(name)
    }

    /// A client of the test's first organization.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// A client of another organization, made if there is none of this name.
    pub async fn client_of(&self, organization: &str) -> Client {
        let key = self.make_key(organization).await;
        self.client.with_key(Some(&key))
    }

    /// A new key of an organization.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn make_key(&self, organization: &str) -> String {
        builder::make_key(&self.variables, organization).await
    }

    /// Runs a command of `quire-api` in this Quire's environment.
    ///
    /// # Panics
    /// When it cannot be started.
    pub async fn command(&self, arguments: &[&str]) -> Output {
        let mut command = process::command("quire-api", &self.variables);
        command.args(arguments).output().await.expect("quire-api can be started")
    }

    /// The database.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// The virtual host.
    #[must_use]
    pub const fn host(&self) -> &VirtualHost {
        &self.host
    }

    /// The folder that serves as object store.
    #[must_use]
    pub fn objects(&self) -> PathBuf {
        builder::objects(&self.folder)
    }

    /// Other endpoints for every process: writes their file anew and tells all of them. They take a moment.
    pub fn change_endpoints(&self, toml: &str) {
        builder::write_endpoints(&self.folder, toml);
        for served in self.workers.iter().chain([&self.api]) {
            served.process.hang_up();
        }
    }

    /// The api.
    pub const fn api(&mut self) -> &mut Served {
        &mut self.api
    }

    /// A worker, by the order in which they were started.
    ///
    /// # Panics
    /// When there are fewer.
    pub fn worker(&mut self, index: usize) -> &mut Served {
        &mut self.workers[index]
    }

    /// Starts one more worker, with these variables beside those of the others, and waits until it is ready.
    pub async fn start_worker(&mut self, extra: &[(&str, &str)]) -> usize {
        let mut variables = self.worker_variables.clone();
        variables.extend(extra.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let mut worker = builder::start_worker(&self.folder, self.workers.len(), variables);
        worker.wait_ready().await;
        self.workers.push(worker);
        self.workers.len() - 1
    }

    /// Says that this test leaves jobs behind that have not ended.
    pub const fn leaves_unfinished(&mut self) {
        self.leaves_unfinished = true;
    }

    /// Ends the test: no job may be unfinished, every invariant must hold, every process must stop when asked to.
    ///
    /// # Panics
    /// When one of these is not so.
    pub async fn finish(mut self) {
        // From here on a failure speaks for itself.
        self.finished = true;
        let database = self.database.connect().await;
        if !self.leaves_unfinished {
            let open = audit::unfinished(&database).await;
            assert!(open.is_empty(), "{} left behind:\n{}", self.name, open.join("\n"));
        }
        for served in self.workers.iter_mut().chain([&mut self.api]) {
            if served.process.ended().is_none() {
                served.process.stop(STOP_BOUND).await;
            }
            let killed = served.process.was_killed();
            let well = served.process.ended().is_some_and(|status| status.success());
            assert!(well || killed, "a process ended by itself: {}", served.process.tail());
        }
        audit::assert_sound(&database).await;
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if std::thread::panicking() {
            for served in self.workers.iter().chain([&self.api]) {
                report(served.process.tail());
            }
        } else {
            assert!(self.finished, "{}: a test of the whole ends with App::finish", self.name);
        }
    }
}
