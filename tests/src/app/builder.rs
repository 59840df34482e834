//! Starting a Quire.

use std::path::{Path, PathBuf};

use crate::app::{App, Served};
use crate::client::Client;
use crate::control::Use;
use crate::database::Database;
use crate::objects::Objects;
use crate::process::{self, Process};
use crate::{VirtualHost, environment};

/// The organization of [`App::client`].
const ORGANIZATION: &str = "acme";

/// Open files of a process that we wish for; the machine's hard limit may be less.
const OPEN_FILES: u64 = 8_192;

/// What a test wants of its Quire.
#[derive(Debug)]
pub struct AppBuilder {
    name: String,
    workers: usize,
    how: Use,
    endpoints: Option<String>,
    variables: Vec<(String, String)>,
    api_variables: Vec<(String, String)>,
    worker_variables: Vec<(String, String)>,
}

impl AppBuilder {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            workers: 1,
            how: Use::Shared,
            endpoints: None,
            variables: Vec::new(),
            // Two cores may be shared by many tests: a confirm that takes a while is no delayed dispatch here.
            api_variables: vec![pair("QUIRE_API_CONFIRM_WAIT_MS", "5000")],
            worker_variables: vec![
                pair("QUIRE_WORKER_SLOTS", "interactive=1,batch=4,long=1"),
                pair("QUIRE_ENGINE_PROCESSES", "2"),
            ],
        }
    }

    /// So many workers; one unless said.
    #[must_use]
    pub const fn workers(mut self, count: usize) -> Self {
        self.workers = count;
        self
    }

    /// No other test beside this one.
    #[must_use]
    pub const fn alone(mut self) -> Self {
        self.how = Use::Alone;
        self
    }

    /// The operator's endpoints, in TOML.
    #[must_use]
    pub fn endpoints(mut self, toml: &str) -> Self {
        self.endpoints = Some(toml.to_owned());
        self
    }

    /// A variable of every process.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.push(pair(name, value));
        self
    }

    /// Objects are kept here and not in a directory of the test's folder.
    #[must_use]
    pub fn objects(mut self, objects: &Objects) -> Self {
        self.variables.extend_from_slice(objects.variables());
        self
    }

    /// A variable of the api.
    #[must_use]
    pub fn api_env(mut self, name: &str, value: &str) -> Self {
        self.api_variables.push(pair(name, value));
        self
    }

    /// A variable of the workers.
    #[must_use]
    pub fn worker_env(mut self, name: &str, value: &str) -> Self {
        self.worker_variables.push(pair(name, value));
        self
    }

    /// Starts everything and waits until it is ready.
    ///
    /// # Panics
    /// When something does not start.
    pub async fn start(self) -> App {
        // Tests open a thousand connections at once, and processes inherit this.
        rlimit::increase_nofile_limit(OPEN_FILES).expect("the limit of open files can be raised to the hard one");
        let database = Database::create_for(self.how).await;
        let host = VirtualHost::create().await;
        let folder = log_folder(&self.name);
        let mut variables = vec![
            pair("QUIRE_DATABASE_URL", database.url()),
            pair("QUIRE_AMQP_URL", &host.url()),
            pair("QUIRE_DATABASE_POOL_SIZE", "8"),
            pair("QUIRE_BLOB_URL", &format!("file://{}", objects(&folder).display())),
            pair("QUIRE_LOG", "info"),
        ];
        if let Some(toml) = self.endpoints {
            let file = write_endpoints(&folder, &toml);
            variables.push(pair("QUIRE_ENDPOINTS_FILE", &file.display().to_string()));
        }
        variables.extend(self.variables);
        let worker_variables = [variables.clone(), self.worker_variables].concat();
        let mut api = start_api(&folder, [variables.clone(), self.api_variables].concat());
        let mut workers: Vec<Served> =
            (0..self.workers).map(|index| start_worker(&folder, index, worker_variables.clone())).collect();
        let key = make_key(&variables, ORGANIZATION).await;
        for served in workers.iter_mut().chain([&mut api]) {
            served.wait_ready().await;
        }
        let client = Client::new(&api.url, Some(key));
        App {
            name: self.name,
            folder,
            variables,
            worker_variables,
            api,
            workers,
            client,
            leaves_unfinished: false,
            finished: false,
            host,
            database,
        }
    }
}

/// Writes the file of endpoints, whole or not at all: a process may be reading it.
pub(super) fn write_endpoints(folder: &Path, toml: &str) -> PathBuf {
    let (draft, file) = (folder.join("endpoints.toml.new"), folder.join("endpoints.toml"));
    std::fs::write(&draft, toml).expect("the folder can be written to");
    std::fs::rename(draft, &file).expect("a file can be renamed");
    file
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// An empty folder for the test's logs and objects.
fn log_folder(name: &str) -> PathBuf {
    let (target, _) = environment::target_folders();
    let folder = target.join("it-logs").join(name);
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(objects(&folder)).expect("the target folder can be written to");
    folder
}

/// Where the test's objects are.
pub(super) fn objects(folder: &Path) -> PathBuf {
    folder.join("objects")
}

fn start_api(folder: &Path, mut variables: Vec<(String, String)>) -> Served {
    let address = format!("127.0.0.1:{}", process::free_port());
    variables.push(pair("QUIRE_API_ADDR", &address));
    Served { process: Process::start("quire-api", "api", folder, &variables), url: format!("http://{address}") }
}

pub(super) fn start_worker(folder: &Path, index: usize, mut variables: Vec<(String, String)>) -> Served {
    let address = format!("127.0.0.1:{}", process::free_port());
    variables.push(pair("QUIRE_WORKER_ADDR", &address));
    let name = format!("worker-{index}");
    Served { process: Process::start("quire-worker", &name, folder, &variables), url: format!("http://{address}") }
}

pub(super) async fn make_key(variables: &[(String, String)], organization: &str) -> String {
    let made = process::command("quire-api", variables)
        .args(["keys", "create", "--organization", organization, "--name", "tests"])
        .output()
        .await
        .expect("quire-api can be started");
    let words = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "quire-api keys create: {}: {words}", made.status);
    String::from_utf8(made.stdout).expect("a key is text").trim().to_owned()
}
