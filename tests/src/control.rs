//! Stopping and starting the stores, and the lock that keeps such tests apart from all others.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

use crate::{environment, report};

/// Held for reading by every test that uses the stores, for writing by those that disturb them.
static MACHINE: LazyLock<Arc<RwLock<()>>> = LazyLock::new(Arc::default);

/// How a test uses what all tests share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Beside others.
    Shared,
    /// Alone: it stops the stores, or measures time.
    Alone,
}

/// The right to use the stores, until it is dropped.
#[derive(Debug)]
pub(crate) enum Turn {
    Shared { _guard: OwnedRwLockReadGuard<()> },
    Alone { _guard: OwnedRwLockWriteGuard<()> },
}

impl Turn {
    /// Waits for it. One test must not ask twice: the second wait could be for somebody who waits for the first.
    pub(crate) async fn take(how: Use) -> Self {
        match how {
            Use::Shared => Self::Shared { _guard: Arc::clone(&MACHINE).read_owned().await },
            Use::Alone => Self::Alone { _guard: Arc::clone(&MACHINE).write_owned().await },
        }
    }
}

/// One of the stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// PostgreSQL.
    Postgres,
    /// RabbitMQ.
    Rabbitmq,
    /// The S3 of the tests.
    S3,
}

/// The script by which stores are stopped and started.
#[derive(Debug, Clone)]
pub struct Control {
    script: PathBuf,
}

impl Control {
    /// The control of the stores. `None`, with a line that says so, when the stores are not ours to stop.
    #[must_use]
    pub fn find(test: &str) -> Option<Self> {
        let script = environment::stores_control();
        if script.is_none() {
            report(format_args!("skipped: {test} stops a store, and QUIRE_STORES_CONTROL names no script that may"));
        }
        script.map(|script| Self { script })
    }

    /// Starts a store and waits until it answers.
    pub async fn start(&self, service: Service) {
        self.run("start", service).await;
    }

    /// Stops a store in order.
    pub async fn stop(&self, service: Service) {
        self.run("stop", service).await;
    }

    /// Kills a store.
    pub async fn kill(&self, service: Service) {
        self.run("kill", service).await;
    }

    /// Lets a store hang: it accepts connections and answers nothing. Only S3.
    pub async fn pause(&self, service: Service) {
        self.run("pause", service).await;
    }

    /// Lets a store that hangs go on.
    pub async fn resume(&self, service: Service) {
        self.run("resume", service).await;
    }

    /// Runs `rabbitmqctl` on the broker, and answers what it prints.
    pub async fn broker(&self, arguments: &[&str]) -> String {
        self.script(&[&["ctl", "rabbitmq"], arguments].concat()).await
    }

    async fn run(&self, verb: &str, service: Service) {
        let name = match service {
            Service::Postgres => "postgres",
            Service::Rabbitmq => "rabbitmq",
            Service::S3 => "s3",
        };
        self.script(&[verb, name]).await;
    }

    async fn script(&self, arguments: &[&str]) -> String {
        let done = tokio::process::Command::new(&self.script)
            .args(arguments)
            .output()
            .await
            .unwrap_or_else(|error| panic!("{} cannot be run: {error}", self.script.display()));
        let words = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{} {arguments:?}: {}: {words}", self.script.display(), done.status);
        String::from_utf8_lossy(&done.stdout).into_owned()
    }
}

/// Set when a failing test had to start the broker again. RabbitMQ 3.10 must not be told to delete a queue with
/// at-least-once dead-lettering in the moment in which that queue's leader starts: the supervisor of all such queues
/// dies of it, and until the next restart no lane can be consumed. So what the test had is left to a later run.
static BROKER_JUST_STARTED: AtomicBool = AtomicBool::new(false);

/// Whether virtual hosts must not be deleted now.
pub(crate) fn broker_just_started() -> bool {
    BROKER_JUST_STARTED.load(Ordering::Relaxed)
}

/// Starts a store again when the test ends in the middle of an outage: the next test needs it.
#[derive(Debug)]
pub struct Outage<'a> {
    control: &'a Control,
    service: Service,
    /// Whether it hangs, and must only be told to go on.
    paused: bool,
    over: bool,
}

impl<'a> Outage<'a> {
    /// Stops the store.
    pub async fn begin(control: &'a Control, service: Service) -> Self {
        let outage = Self { control, service, paused: false, over: false };
        control.stop(service).await;
        outage
    }

    /// Kills the store.
    pub async fn begin_hard(control: &'a Control, service: Service) -> Self {
        let outage = Self { control, service, paused: false, over: false };
        control.kill(service).await;
        outage
    }

    /// Lets the store hang.
    pub async fn begin_hanging(control: &'a Control, service: Service) -> Self {
        let outage = Self { control, service, paused: true, over: false };
        control.pause(service).await;
        outage
    }

    /// Starts the store. After the broker's return a test must see its processes ready again before it ends.
    pub async fn end(mut self) {
        restore(self.control, self.service, self.paused).await;
        self.over = true;
    }
}

impl Drop for Outage<'_> {
    fn drop(&mut self) {
        if !self.over {
            BROKER_JUST_STARTED.fetch_or(self.service == Service::Rabbitmq, Ordering::Relaxed);
            let (control, service, paused) = (self.control.clone(), self.service, self.paused);
            crate::wait::block_on(async move { restore(&control, service, paused).await });
        }
    }
}

/// A setting of the whole broker that a test has changed, put back when the test ends.
#[derive(Debug)]
pub struct Setting<'a> {
    control: &'a Control,
    undo: Vec<String>,
    over: bool,
}

impl<'a> Setting<'a> {
    /// Changes it by one command of `rabbitmqctl`, which another undoes.
    pub async fn change(control: &'a Control, command: &[&str], undo: &[&str]) -> Self {
        let undo = undo.iter().map(|&word| word.to_owned()).collect();
        let setting = Self { control, undo, over: false };
        control.broker(command).await;
        setting
    }

    /// Puts it back.
    pub async fn restore(mut self) {
        undo(self.control, &self.undo).await;
        self.over = true;
    }
}

impl Drop for Setting<'_> {
    fn drop(&mut self) {
        if !self.over {
            let (control, words) = (self.control.clone(), std::mem::take(&mut self.undo));
            crate::wait::block_on(async move { undo(&control, &words).await });
        }
    }
}

async fn undo(control: &Control, words: &[String]) {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    control.broker(&words).await;
}

async fn restore(control: &Control, service: Service, paused: bool) {
    if paused {
        control.resume(service).await;
    } else {
        control.start(service).await;
    }
}
