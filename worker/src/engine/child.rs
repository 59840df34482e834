//! The child's side: `quire-worker engine`.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::os::fd::RawFd;
use std::os::unix::process::parent_id;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use documents::{Engine, Weights};
use rlimit::Resource;

use crate::engine::sandbox;
use crate::engine::serve::{Pipes, serve};

/// Descriptors a child may have open: three pipes and the few that the runtime opens for itself, briefly.
const MAX_DESCRIPTORS: u64 = 16;
/// The last of the three pipes.
const STDERR: RawFd = 2;
/// The stack of the thread that parses. Parsers recurse: 50 nested drawings, 512 nested PDF objects or 256 nested HTML
/// elements take under 8 MiB even unoptimised; the rest is reserve, and unused stack costs address space only.
const STACK_BYTES: usize = 32 << 20;
/// How often a child looks whether its parent still lives: the longest that a busy child outlives it.
const PARENT_CHECK_EVERY: Duration = Duration::from_millis(500);

/// The exit code of a Rust program whose main thread panicked.
const PANIC_EXIT: u8 = 101;
/// The exit code of a child that could not put itself under its limits, and has seen no document. `EX_CONFIG` of
/// sysexits.h.
pub(super) const UNFIT_EXIT: u8 = 78;

/// What the pool tells a child on its command line.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
pub struct ChildArgs {
    /// The process that the child belongs to; it exits when it has another parent.
    #[arg(long)]
    pub parent_pid: u32,
    /// Bytes of address space that the child may have, its program and stacks included.
    #[arg(long)]
    pub memory_bytes: u64,
    /// The most bytes in the body of one frame, in either direction.
    #[arg(long)]
    pub frame_max_bytes: u64,
    /// The directory of the models' weights.
    #[arg(long)]
    pub models_dir: Option<PathBuf>,
    /// Leave every system call open.
    #[arg(long)]
    pub no_sandbox: bool,
}

impl ChildArgs {
    /// The command line that parses to these arguments.
    pub(super) fn to_command_line(&self) -> Vec<OsString> {
        let mut line: Vec<OsString> = vec![
            "engine".into(),
            format!("--parent-pid={}", self.parent_pid).into(),
            format!("--memory-bytes={}", self.memory_bytes).into(),
            format!("--frame-max-bytes={}", self.frame_max_bytes).into(),
        ];
        if let Some(directory) = &self.models_dir {
            line.extend(["--models-dir".into(), directory.into()]);
        }
        if self.no_sandbox {
            line.push("--no-sandbox".into());
        }
        line
    }
}

/// Works on documents that come on the standard streams until they close. The process serves nothing else.
#[must_use]
pub fn run(args: &ChildArgs) -> ExitCode {
    match confine(args) {
        Ok(()) => {}
        Err(error) => return stopped(&error, ExitCode::from(UNFIT_EXIT)),
    }
    match serve_in_thread(args.clone()) {
        Ok(code) => code,
        Err(error) => stopped(&error, ExitCode::FAILURE),
    }
}

/// Everything that holds a document in, before there is one.
fn confine(args: &ChildArgs) -> io::Result<()> {
    close_inherited()?;
    limit_resources(args.memory_bytes)?;
    if !args.no_sandbox {
        // Before there is another thread: they inherit it.
        sandbox::enter(args.models_dir.as_deref())?;
    }
    watch_parent(args.parent_pid)
}

fn stopped(error: &io::Error, code: ExitCode) -> ExitCode {
    // Standard error is a pipe to the pool. If it is closed there is nobody left to tell.
    let _closed = writeln!(io::stderr(), "engine child stopped: {error}");
    code
}

/// What this program opens it does not pass on; what it was itself started with, it does. The documents are read without.
fn close_inherited() -> io::Result<()> {
    let open = std::fs::read_dir("/proc/self/fd")?;
    let numbers: Vec<RawFd> = open.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect();
    for number in numbers.into_iter().filter(|number| *number > STDERR) {
        // The one by which the others were listed is closed already.
        let _closed = nix::unistd::close(number);
    }
    Ok(())
}

fn limit_resources(memory_bytes: u64) -> io::Result<()> {
    Resource::CORE.set(0, 0)?; // a core file would hold the customer's document
    Resource::NOFILE.set(MAX_DESCRIPTORS, MAX_DESCRIPTORS)?;
    Resource::AS.set(memory_bytes, memory_bytes)
}

/// A parent killed outright closes the pipes, but a child in the middle of a document does not read them.
fn watch_parent(parent_pid: u32) -> io::Result<()> {
    let watch = move || {
        while parent_id() == parent_pid {
            thread::sleep(PARENT_CHECK_EVERY);
        }
        std::process::exit(1);
    };
    thread::Builder::new().name("parent-watch".to_owned()).spawn(watch).map(drop)
}

fn serve_in_thread(args: ChildArgs) -> io::Result<ExitCode> {
    let builder = thread::Builder::new().name("engine".to_owned()).stack_size(STACK_BYTES);
    let work = move || {
        let mut engine = Engine::new(weights(args.models_dir));
        let (input, output) = (io::stdin().lock(), io::stdout().lock());
        serve(&mut engine, &mut Pipes { input, output, frame_max_bytes: args.frame_max_bytes })
    };
    match builder.spawn(work)?.join() {
        Ok(served) => served.map(|()| ExitCode::SUCCESS),
        // The thread itself has reported its panic on standard error. What it leaves behind is not to be trusted with
        // another document, so the process ends.
        Err(_panic) => Ok(ExitCode::from(PANIC_EXIT)),
    }
}

/// Reads weights from this directory, and from nowhere else.
fn weights(directory: Option<PathBuf>) -> Weights {
    Box::new(move |name| match &directory {
        Some(directory) if Path::new(name).file_name() == Some(OsStr::new(name)) => std::fs::read(directory.join(name)),
        _ => Err(io::ErrorKind::NotFound.into()),
    })
}
