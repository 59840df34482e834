//! The parent's side of one child: its start, its end and the cause of that.

use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use nix::libc::{SIGKILL, SIGXCPU};
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::engine::child::{ChildArgs, UNFIT_EXIT};
use crate::engine::converse::{Conversation, Opening, Talked, converse};
use crate::engine::models::Models;
use crate::engine::pool::{EngineConfig, Watch};

/// How much of the end of a child's standard error is kept.
const STDERR_TAIL_BYTES: usize = 4 << 10;
/// What the Rust runtime writes before it aborts because an allocation failed.
const ALLOCATION_FAILED: &str = "memory allocation of";
/// How long a child whose pipe broke may take to end, and its standard error to close: it writes a message and, if the
/// allocator aborted, a backtrace.
const DEATH_GRACE: Duration = Duration::from_secs(2);

/// A running child and its pipes. Dropping it kills the child; the runtime reaps it.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    stderr: JoinHandle<Tail>,
    frame_max_bytes: u64,
    pid: u32,
    jobs: u32,
    /// As of its last document.
    resident_bytes: u64,
}

/// How a child ended that was not told to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Death {
    /// It ran into its memory limit.
    OutOfMemory,
    /// It ran into its limit of processor time.
    OutOfCpu,
    /// Somebody else has killed it. Nobody but the kernel does that by itself, for want of memory.
    Killed,
    /// It could not put itself under its limits, and has seen no document.
    Unfit { stderr_tail: String },
    /// Anything else.
    Crash { signal: Option<i32>, exit: Option<i32>, stderr_tail: String },
}

impl Process {
    /// Starts a child. It inherits nothing: no environment, no working directory, no descriptors but its pipes.
    pub(super) fn spawn(config: &EngineConfig) -> io::Result<Self> {
        let args = ChildArgs {
            parent_pid: std::process::id(),
            memory_bytes: config.memory_bytes,
            frame_max_bytes: config.frame_max_bytes,
            models_dir: config.models_dir.clone(),
            no_sandbox: !config.sandbox,
        };
        let mut child = Command::new(&config.program)
            .args(args.to_command_line())
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take(), child.id());
        let (Some(stdin), Some(stdout), Some(stderr), Some(pid)) = pipes else {
            return Err(io::Error::other("child started without its pipes"));
        };
        metrics::counter!("quire_engine_children_started_total").increment(1);
        tracing::debug!(pid, "engine child started");
        let stderr = tokio::spawn(keep_tail(stderr));
        Ok(Self {
            child,
            stdin,
            stdout,
            stderr,
            frame_max_bytes: config.frame_max_bytes,
            pid,
            jobs: 0,
            resident_bytes: 0,
        })
    }

    /// Has one document worked on. After an error, or when dropped half-way, the child is in no known state: see
    /// [`Process::post_mortem`] and [`Process::kill`].
    pub(super) async fn call(&mut self, start: Opening<'_>, models: &Models, watch: &Watch) -> io::Result<Talked> {
        self.jobs += 1;
        let Self { stdin, stdout, frame_max_bytes, .. } = self;
        let mut conversation = Conversation { to: stdin, from: stdout, frame_max_bytes: *frame_max_bytes };
        let (talked, cost) = converse(&mut conversation, start, models, watch).await?;
        if let Some(cost) = cost {
            self.resident_bytes = cost.resident_bytes;
            let cpu_ms = u64::try_from(cost.cpu.as_millis()).unwrap_or(u64::MAX);
            tracing::debug!(pid = self.pid, cpu_ms, resident_bytes = cost.resident_bytes, "engine child answered");
        }
        Ok(talked)
    }

    /// The machine's memory that the child held after its last document.
    pub(super) fn resident_bytes(&self) -> u64 {
        self.resident_bytes
    }

    /// How many documents the child was given.
    pub(super) fn jobs(&self) -> u32 {
        self.jobs
    }

    /// Whether the child has not ended. An idle child may: the kernel takes memory where it finds it.
    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Kills the child and waits until it is gone.
    pub(super) async fn kill(mut self, reason: &'static str) {
        metrics::counter!("quire_engine_children_killed_total", "reason" => reason).increment(1);
        if let Err(error) = self.child.kill().await {
            tracing::warn!(pid = self.pid, %error, "engine child could not be reaped");
        }
        tracing::debug!(pid = self.pid, reason, jobs = self.jobs, "engine child stopped");
    }

    /// Finds out why a call failed. A child whose pipe broke is on its way out and gets a moment to end as it will; one
    /// that broke the protocol, or lives on, is killed here.
    pub(super) async fn post_mortem(mut self, failure: &io::Error) -> Death {
        let broke_protocol = failure.kind() == io::ErrorKind::InvalidData;
        let ended = if broke_protocol { None } else { timeout(DEATH_GRACE, self.child.wait()).await.ok() };
        if ended.is_none() {
            metrics::counter!("quire_engine_children_killed_total", "reason" => "protocol").increment(1);
            if let Err(error) = self.child.kill().await {
                tracing::warn!(pid = self.pid, %error, "engine child could not be reaped");
            }
        }
        let tail = timeout(DEATH_GRACE, &mut self.stderr).await;
        let tail = tail.ok().and_then(Result::ok).map(Tail::into_text).unwrap_or_default();
        let death = match ended {
            Some(Ok(status)) => classify(status, tail),
            Some(Err(error)) => crash(None, format!("{error}\n{tail}")),
            None => crash(None, format!("{failure}\n{tail}")),
        };
        let reason = death.reason();
        metrics::counter!("quire_engine_children_died_total", "reason" => reason).increment(1);
        tracing::debug!(pid = self.pid, reason, jobs = self.jobs, "engine child died");
        death
    }
}

impl Death {
    /// In a word.
    const fn reason(&self) -> &'static str {
        match self {
            Self::OutOfMemory => "memory",
            Self::OutOfCpu => "cpu",
            Self::Killed => "killed",
            Self::Unfit { .. } => "unfit",
            Self::Crash { .. } => "crash",
        }
    }
}

/// Tells the deaths by a limit from the others.
pub(super) fn classify(status: ExitStatus, stderr_tail: String) -> Death {
    match (status.signal(), status.code()) {
        (Some(SIGXCPU), _) => Death::OutOfCpu,
        _ if stderr_tail.contains(ALLOCATION_FAILED) => Death::OutOfMemory,
        (Some(SIGKILL), _) => Death::Killed,
        (_, Some(code)) if code == i32::from(UNFIT_EXIT) => Death::Unfit { stderr_tail },
        _ => crash(Some(status), stderr_tail),
    }
}

fn crash(status: Option<ExitStatus>, stderr_tail: String) -> Death {
    let signal = status.and_then(|status| status.signal());
    Death::Crash { signal, exit: status.and_then(|status| status.code()), stderr_tail }
}

/// The last bytes of a stream.
#[derive(Debug, Default)]
pub(super) struct Tail(Vec<u8>);

impl Tail {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
        let excess = self.0.len().saturating_sub(STDERR_TAIL_BYTES);
        self.0.drain(..excess);
    }

    pub(super) fn into_text(self) -> String {
        String::from_utf8_lossy(&self.0).trim().to_owned()
    }
}

/// Reads a child's standard error to its end, so that a child that writes much does not block on a full pipe.
async fn keep_tail(mut stderr: ChildStderr) -> Tail {
    let mut tail = Tail::default();
    let mut buffer = [0; 1024];
    while let Ok(count @ 1..) = stderr.read(&mut buffer).await {
        tail.push(&buffer[..count]);
    }
    tail
}
