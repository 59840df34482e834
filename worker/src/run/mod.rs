//! `quire-worker run`: requests from files, answered by the same executor and the same engine as jobs, without a broker or
//! a database.

mod bar;

use std::collections::HashMap;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value, json};
use shared::config::Env;
use shared::domain::{Clock, Executor, Failure, FailureCode, LONGEST_TIMEOUT, built_in};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::config;
use crate::engine::EnginePool;
use crate::executor::{Asked, Documents, Response};

use bar::Bar;

/// The command line.
#[derive(Debug, Clone, clap::Args)]
pub struct RunArgs {
    /// The endpoint, for example /v1/documents/parse.
    endpoint: String,
    /// A file that holds a job's `request`, as JSON; `-` is standard input. May be given many times: then the results are
    /// lines of JSON in the same order, and the line of one that failed is {"error": {...}}.
    #[arg(long = "request", value_name = "FILE", required = true)]
    requests: Vec<PathBuf>,
    /// The most seconds for one request. By default as long as the engine's own limits let it go on.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: Option<u64>,
    /// Print {"response", "extraction", "usage", "warnings"}: all that a job would keep, not what its caller sees alone.
    #[arg(long)]
    whole: bool,
    /// The directory of the recognition models; by default QUIRE_MODELS_DIR.
    #[arg(long, value_name = "DIRECTORY")]
    models_dir: Option<PathBuf>,
}

/// The command line asks for what there is not.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(String);

/// Answers every request and prints the results: one result as it is, several as lines in their order.
///
/// # Errors
/// [`UsageError`], errors of the settings, and a standard output that takes no more.
pub async fn run(env: &Env, args: RunArgs) -> anyhow::Result<ExitCode> {
    check_endpoint(&args.endpoint)?;
    check_files(&args.requests)?;
    let mut engine = config::engine(env)?;
    if let Some(directory) = args.models_dir {
        engine.models_dir = Some(std::path::absolute(directory)?);
    }
    let at_once = engine.processes;
    let pool = EnginePool::new(engine);
    let documents = Documents::new(Arc::clone(&pool), config::limits(env)?, Clock::default());
    let most = args.timeout.map_or(LONGEST_TIMEOUT, Duration::from_secs);
    let bar = Bar::of(args.requests.len());
    let (path, single) = (args.endpoint.as_str(), args.requests.len() == 1);
    let mut answers = stream::iter(&args.requests)
        .map(async |file| match read(file.clone()).await {
            Ok(text) => match answer(&documents, path, text, most, &bar).await {
                Ok(response) if args.whole => Ok(whole(&response)),
                Ok(response) => Ok(response.body),
                Err(failure) => Err(explained(&failure)),
            },
            Err(error) => Err(unread(file, &error)),
        })
        // More than there are processes would only wait with their documents in memory.
        .buffered(at_once);
    let mut code = ExitCode::SUCCESS;
    while let Some(answer) = answers.next().await {
        bar.answered();
        let outcome = match answer {
            Ok(body) => print(&mut io::stdout(), &body),
            Err(error) => {
                code = ExitCode::FAILURE;
                if single {
                    print(&mut io::stderr(), error.to_string().as_bytes())
                } else {
                    print(&mut io::stdout(), json!({ "error": error }).to_string().as_bytes())
                }
            }
        };
        outcome?;
    }
    drop(answers);
    bar.end();
    pool.shutdown().await;
    Ok(code)
}

/// Answers a request. Like a job's, it is tried once more if the engine dies of it.
async fn answer(
    documents: &Documents,
    path: &str,
    text: Bytes,
    most: Duration,
    bar: &Bar,
) -> Result<Response, Failure> {
    let watch = watch::Sender::new(None);
    let stop = CancellationToken::new();
    let asked = |again| Asked {
        path,
        text: text.clone(),
        files: HashMap::new(),
        job: None,
        keyring: None,
        again,
        most,
        watch: &watch,
    };
    let work = async {
        match documents.answer(asked(false), &stop).await {
            Err(failure) if failure.code == FailureCode::EngineCrashed => documents.answer(asked(true), &stop).await,
            answered => answered,
        }
    };
    tokio::select! {
        answered = work => answered,
        never = bar.follow(watch.subscribe()) => match never {},
    }
}

/// All that an executor gives.
fn whole(response: &Response) -> Bytes {
    // What the executor wrote is JSON; if it ever were not, it would be text.
    let body = serde_json::from_slice(&response.body)
        .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(&response.body).into_owned()));
    json!({
        "response": body,
        "extraction": response.extraction,
        "usage": response.usage,
        "warnings": response.warnings,
    })
    .to_string()
    .into()
}

fn check_endpoint(path: &str) -> Result<(), UsageError> {
    let executed = |endpoint: &shared::domain::Endpoint| matches!(endpoint.executor, Some(Executor::Documents));
    let known: Vec<_> = built_in().into_iter().filter(executed).map(|endpoint| endpoint.path).collect();
    if known.iter().any(|known| **known == *path) {
        return Ok(());
    }
    Err(UsageError(format!("{path} is not executed by this program, which executes {}", known.join(", "))))
}

fn check_files(files: &[PathBuf]) -> Result<(), UsageError> {
    if files.iter().filter(|file| is_standard_input(file)).count() > 1 {
        return Err(UsageError("standard input can be read once only".to_owned()));
    }
    match files.iter().find(|file| !is_standard_input(file) && !file.is_file()) {
        Some(file) => Err(UsageError(format!("{} is no file", file.display()))),
        None => Ok(()),
    }
}

fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

async fn read(file: PathBuf) -> io::Result<Bytes> {
    let read = move || {
        if is_standard_input(&file) {
            let mut text = Vec::new();
            return io::stdin().lock().read_to_end(&mut text).map(|_| text);
        }
        std::fs::read(file)
    };
    tokio::task::spawn_blocking(read).await.map_err(io::Error::other)?.map(Bytes::from)
}

/// The failure as a job's `error` shows it.
fn explained(failure: &Failure) -> Value {
    json!({ "code": failure.code.as_str(), "message": failure.message, "details": failure.explanation() })
}

fn unread(file: &Path, error: &io::Error) -> Value {
    let message = format!("{} cannot be read: {error}", file.display());
    json!({ "code": "payload_unavailable", "message": message, "details": null })
}

fn print(output: &mut impl io::Write, text: &[u8]) -> io::Result<()> {
    output.write_all(text)?;
    output.write_all(b"\n")?;
    output.flush()
}
