//! `quire-api`: serves the API, migrates the schema, makes keys.

use std::process::ExitCode;

use api::commands::{self, CommandError};
use api::serve::{self, ServeError};
use clap::{Args, Parser, Subcommand};
use shared::config::{ConfigError, Env};

/// The Jobs API of Quire. All settings are environment variables; README.md has the table.
#[derive(Parser)]
#[command(name = "quire-api", version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API until SIGTERM (default)
    Serve,
    /// Bring the schema to this version and end
    Migrate,
    /// Manage API keys
    #[command(subcommand)]
    Keys(KeysCommand),
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Make a key and print it; it is shown this once
    Create(NewKey),
}

#[derive(Args)]
struct NewKey {
    /// Name of the key's owner, made if there is none
    #[arg(long)]
    organization: String,
    /// Name of the key
    #[arg(long)]
    name: String,
}

/// Why the process ended badly.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Command(#[from] CommandError),
}

impl Failure {
    /// 2 when the environment is at fault, as for a wrong argument; 1 else.
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_)
            | Self::Serve(ServeError::Setup(_) | ServeError::Telemetry(_))
            | Self::Command(CommandError::Setup(_)) => ExitCode::from(2),
            Self::Serve(_) | Self::Command(_) => ExitCode::FAILURE,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let code = failure.exit_code();
            tell(anyhow::Error::from(failure));
            code
        }
    }
}

async fn run(cli: Cli) -> Result<(), Failure> {
    let env = Env::of_process()?;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&env).await?,
        Command::Migrate => {
            let version = commands::migrate(&env).await?;
            print(&format!("the schema is at version {version}"));
        }
        Command::Keys(KeysCommand::Create(key)) => {
            print(&commands::create_key(&env, &key.organization, &key.name).await?);
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command's answer")]
fn print(answer: &str) {
    println!("{answer}");
}

/// The failure and its causes in one line.
#[expect(clippy::print_stderr, reason = "there may be no log yet, or none for a command")]
fn tell(failure: anyhow::Error) {
    eprintln!("quire-api: {}", format!("{failure:#}").replace('\n', "; "));
}
