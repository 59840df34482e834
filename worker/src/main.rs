//! `quire-worker`: takes jobs and runs them. `quire-worker engine` is the child process that reads documents.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use shared::config::{ConfigError, Env};
use shared::setup::SetupError;

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
    /// Read documents for a parent process, over standard input and output. Not for people.
    #[command(hide = true)]
    Engine(worker::engine::ChildArgs),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Some(Command::Engine(arguments)) => worker::engine::run(&arguments),
        None | Some(Command::Serve) => serve(),
    }
}

#[expect(clippy::print_stderr, reason = "what stops a process before its logs are set up must still be said")]
fn serve() -> ExitCode {
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
    match runtime.block_on(worker::serve::serve(env)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("quire-worker: {error:#}");
            // As for a wrong argument.
            let is_of_environment = error.is::<SetupError>() || error.is::<ConfigError>();
            if is_of_environment { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}
