//! `quire-worker`: takes jobs and runs them. `quire-worker run` answers requests from files, without jobs; `quire-worker
//! engine` is the child process that reads documents.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use shared::config::{ConfigError, Env};
use shared::setup::SetupError;
use worker::run::UsageError;

/// Takes queued jobs and runs them.
#[derive(Parser)]
#[command(name = "quire-worker", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Take and run jobs (the default). Settings come from the environment; see README.md.
    Serve,
    /// Answer requests without a broker or a database, and print what they answer.
    Run(worker::run::RunArgs),
    /// Read documents for a parent process, over standard input and output. Not for people.
    #[command(hide = true)]
    Engine(worker::engine::ChildArgs),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Some(Command::Engine(arguments)) => worker::engine::run(&arguments),
        Some(Command::Run(arguments)) => run(arguments),
        None | Some(Command::Serve) => serve(),
    }
}

fn run(arguments: worker::run::RunArgs) -> ExitCode {
    in_runtime(async |env| worker::run::run(&env, arguments).await)
}

fn serve() -> ExitCode {
    in_runtime(async |env| worker::serve::serve(env).await.map(|()| ExitCode::SUCCESS))
}

#[expect(clippy::print_stderr, reason = "what stops a process before its logs are set up must still be said")]
fn in_runtime(main: impl AsyncFnOnce(Env) -> anyhow::Result<ExitCode>) -> ExitCode {
    let env = match Env::of_process() {
        Ok(env) => env,
        Err(error) => {
            eprintln!("quire-worker: {error}");
            return ExitCode::from(2);
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("quire-worker: no runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(main(env)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("quire-worker: {error:#}");
            // As for a wrong argument.
            let is_of_usage = error.is::<SetupError>() || error.is::<ConfigError>() || error.is::<UsageError>();
            if is_of_usage { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}
