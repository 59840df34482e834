//! The child's side: `quire-worker engine`.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::os::unix::process::parent_id;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use documents::{Engine, Operation, Output, Source, Step, Weights};
use rlimit::Resource;

use crate::engine::protocol::{self, Reply, Request};

/// Descriptors a child may have open: three pipes and the few that the runtime opens for itself, briefly.
const MAX_DESCRIPTORS: u64 = 16;
/// The stack of the thread that parses. Parsers recurse: 50 nested drawings, 512 nested PDF objects or 256 nested HTML
/// elements take under 8 MiB even unoptimised; the rest is reserve, and unused stack costs address space only.
const STACK_BYTES: usize = 32 << 20;
/// How often a child looks whether its parent still lives: the longest that a busy child outlives it.
const PARENT_CHECK_EVERY: Duration = Duration::from_millis(500);

/// The exit code of a Rust program whose main thread panicked.
const PANIC_EXIT: u8 = 101;

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
        line
    }
}

/// Answers requests on the standard streams until they close. The process serves nothing else.
#[must_use]
pub fn run(args: &ChildArgs) -> ExitCode {
    let outcome = limit_resources(args.memory_bytes)
        .and_then(|()| watch_parent(args.parent_pid))
        .and_then(|()| serve_in_thread(args.clone()));
    match outcome {
        Ok(code) => code,
        Err(error) => {
            // Standard error is a pipe to the pool. If it is closed there is nobody left to tell.
            let _closed = writeln!(io::stderr(), "engine child stopped: {error}");
            ExitCode::FAILURE
        }
    }
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
    match builder.spawn(move || serve(args))?.join() {
        Ok(served) => served.map(|()| ExitCode::SUCCESS),
        // The thread itself has reported its panic on standard error. What it leaves behind is not to be trusted with
        // another document, so the process ends.
        Err(_panic) => Ok(ExitCode::from(PANIC_EXIT)),
    }
}

fn serve(args: ChildArgs) -> io::Result<()> {
    let frame_max_bytes = args.frame_max_bytes;
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut engine = Engine::new(weights(args.models_dir));
    while let Some((request, document)) = protocol::read_blocking::<Request>(&mut input, frame_max_bytes)? {
        let (reply, body) = answer(&mut engine, &request, &document)?;
        let (head, body) = match protocol::encode_head(&reply, body.len(), frame_max_bytes) {
            Ok(head) => (head, body),
            Err(error) => (protocol::encode_head(&too_large(&error), 0, frame_max_bytes)?, Vec::new()),
        };
        protocol::write_blocking(&mut output, &head, &body)?;
    }
    Ok(())
}

/// Reads weights from this directory, and from nowhere else.
fn weights(directory: Option<PathBuf>) -> Weights {
    Box::new(move |name| match &directory {
        Some(directory) if Path::new(name).file_name() == Some(OsStr::new(name)) => std::fs::read(directory.join(name)),
        _ => Err(io::ErrorKind::NotFound.into()),
    })
}

fn answer(engine: &mut Engine, request: &Request, document: &[u8]) -> io::Result<(Reply, Vec<u8>)> {
    let source = Source { bytes: document, filename: &request.filename, media_type: request.media_type.as_deref() };
    let operation = Operation::Parse(request.options.clone());
    Ok(match engine.start(&operation, &source, &request.limits, &mut |_| ()) {
        Ok(Step::Done(Output::Parse(parsed))) => (Reply::Parsed, serde_json::to_vec(&parsed)?),
        Ok(Step::NeedModel(..)) => return Err(io::Error::other("there is no model to ask")),
        Err(error) => (Reply::Refused { code: error.code().to_owned(), message: error.to_string() }, Vec::new()),
    })
}

/// The text fits its own limit and its JSON not the frame's: another limit that the document exceeds.
fn too_large(error: &io::Error) -> Reply {
    Reply::Refused { code: "document_limit_exceeded".to_owned(), message: format!("result is too large: {error}") }
}
