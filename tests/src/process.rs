//! One process of ours under test.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Output};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;
use tokio::process::{Child, Command};

use crate::{environment, watchdog};

/// Bytes at the end of a log that are shown when a test fails.
const TAIL_BYTES: u64 = 6_000;

/// A process and everything that it starts: the leader of a group of its own.
#[derive(Debug)]
pub struct Process {
    name: String,
    log: PathBuf,
    child: Child,
    pid: Pid,
}

impl Process {
    /// Starts one of our programs with this environment and no other.
    pub(crate) fn start(program: &str, name: &str, folder: &Path, variables: &[(String, String)]) -> Self {
        let log = folder.join(format!("{name}.log"));
        let out = File::options().create(true).append(true).open(&log).expect("a log can be made");
        let child = command(program, variables)
            .stdout(out.try_clone().expect("a log can be shared"))
            .stderr(out)
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}; build it first: cargo build --workspace"));
        let pid =
            child.id().and_then(|pid| i32::try_from(pid).ok()).expect("a process that was just started has an id");
        let pid = Pid::from_raw(pid);
        watchdog::started(pid);
        Self { name: name.to_owned(), log, child, pid }
    }

    /// Kills it at once, and it alone: what `kill -9` does.
    pub async fn kill_hard(&mut self) {
        kill(self.pid, Signal::SIGKILL).ok();
        self.child.wait().await.expect("a child can be waited for");
    }

    /// Asks it to stop (SIGTERM).
    pub fn terminate(&self) {
        kill(self.pid, Signal::SIGTERM).expect("a running process takes a signal");
    }

    /// Asks it to read again what an operator may change while it runs (SIGHUP).
    pub fn hang_up(&self) {
        kill(self.pid, Signal::SIGHUP).expect("a running process takes a signal");
    }

    /// Stops it where it is: it neither hears nor says anything.
    pub fn freeze(&self) {
        kill(self.pid, Signal::SIGSTOP).expect("a running process takes a signal");
    }

    /// Lets it go on.
    pub fn thaw(&self) {
        kill(self.pid, Signal::SIGCONT).expect("a stopped process takes a signal");
    }

    /// The processes that it has started and that have not ended.
    ///
    /// # Panics
    /// When the system does not show processes.
    #[must_use]
    pub fn children(&self) -> Vec<i32> {
        let processes = std::fs::read_dir("/proc").expect("processes are shown under /proc");
        let pids = processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        pids.filter(|pid| parent_of(*pid) == Some(self.pid.as_raw())).collect()
    }

    /// Waits until it has ended.
    ///
    /// # Panics
    /// When it is still running after `bound`.
    pub async fn wait(&mut self, bound: Duration) -> ExitStatus {
        let ended = tokio::time::timeout(bound, self.child.wait()).await;
        ended
            .unwrap_or_else(|_| panic!("{} is still running after {bound:?}", self.name))
            .expect("a child can be waited for")
    }

    /// Asks it to stop and waits for the end.
    ///
    /// # Panics
    /// When it does not end in time or not well.
    pub async fn stop(&mut self, bound: Duration) {
        self.terminate();
        let status = self.wait(bound).await;
        assert!(status.success(), "{} ended with {status} when it was asked to stop", self.name);
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// The most memory that it has had at once (the kernel's `VmHWM`), in bytes.
    ///
    /// # Panics
    /// When it has ended.
    #[must_use]
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid)).expect("a running process has one");
        let peak =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        let kib: u64 = peak.expect("VmHWM is in the status of a process");
        kib * 1024
    }

    /// Whether it was killed by a signal.
    pub fn was_killed(&mut self) -> bool {
        self.ended().is_some_and(|status| status.signal().is_some())
    }

    /// What it has written to its log so far.
    ///
    /// # Panics
    /// When the log cannot be read.
    #[must_use]
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.log).expect("a log can be read")).into_owned()
    }

    /// The last lines of its log.
    pub fn tail(&self) -> String {
        let mut text = Vec::new();
        if let Ok(mut log) = File::open(&self.log) {
            let length = log.metadata().map_or(0, |about| about.len());
            log.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES))).ok();
            log.read_to_end(&mut text).ok();
        }
        format!("--- the end of {}\n{}", self.log.display(), String::from_utf8_lossy(&text))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Its children may outlive it by a moment: they are in its group.
        killpg(self.pid, Signal::SIGKILL).ok();
        watchdog::ended(self.pid);
    }
}

/// The parent of a process that is alive.
fn parent_of(pid: i32) -> Option<i32> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // "pid (name) state parent ...": a name may hold anything.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    fields.next()?.parse().ok().filter(|_| state != "Z")
}

/// Whether a process is alive.
#[must_use]
pub fn is_alive(pid: i32) -> bool {
    parent_of(pid).is_some()
}

/// A command of ours with this environment and no other.
pub(crate) fn command(program: &str, variables: &[(String, String)]) -> Command {
    let (_, programs) = environment::target_folders();
    let mut command = Command::new(programs.join(program));
    command.env_clear().envs(variables.iter().map(|(name, value)| (name, value))).stdin(std::process::Stdio::null());
    command
}

/// Runs one of our programs to its end, with this environment and no other.
///
/// # Panics
/// When it cannot be started, or does not end within `bound`.
pub async fn run_program(program: &str, variables: &[(&str, &str)], arguments: &[&str], bound: Duration) -> Output {
    let variables: Vec<_> = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let mut command = command(program, &variables);
    let ended = tokio::time::timeout(bound, command.args(arguments).kill_on_drop(true).output()).await;
    ended.unwrap_or_else(|_| panic!("{program} {arguments:?} does not end")).expect("a program of ours can be started")
}

/// A port of this machine that nobody listens on. Below the range from which the system gives ports to outgoing
/// connections, so that nobody takes it between here and its use.
pub(crate) fn free_port() -> u16 {
    const FIRST: u16 = 20_000;
    const COUNT: u16 = 5_000;
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Runs beside each other begin at different places.
    let start = u16::try_from(std::process::id() % u32::from(COUNT)).unwrap_or(0);
    for _ in 0..COUNT {
        let port = FIRST + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % COUNT;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no port of {COUNT} is free");
}
