//! `quire-api`: serves the API, migrates the schema, manages organizations and keys.

use std::path::PathBuf;
use std::process::ExitCode;

use api::commands::{self, Checked, CommandError, Format, NewKey};
use api::serve::{self, ServeError};
use clap::{Args, Parser, Subcommand};
use shared::config::{ConfigError, Env};
use shared::domain::{ApiKeyId, Scope};
use shared::setup::SetupError;

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
    /// After the database was restored from a backup: have every queued job published again
    Restored,
    /// Manage API keys
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Check and list endpoints
    #[command(subcommand)]
    Endpoints(EndpointsCommand),
    /// Manage organizations, the owners of keys and jobs
    #[command(subcommand)]
    Organizations(OrganizationsCommand),
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Make a key and print it; it is shown this once
    Create(NewKeyArgs),
    /// List keys; their secrets are not known
    List {
        /// Only those of the organization of this name
        #[arg(long)]
        organization: Option<String>,
        #[command(flatten)]
        how: How,
    },
    /// Make a key useless for good
    Revoke {
        /// Its id, as the list shows it: key_...
        id: ApiKeyId,
    },
}

#[derive(Subcommand)]
enum EndpointsCommand {
    /// Show what would be in force with a file, or everything that is wrong with it (exit code 2)
    Check {
        /// The file, in TOML: docs/endpoints.md
        file: PathBuf,
        #[command(flatten)]
        how: How,
    },
    /// List the endpoints in force: the built-in ones and those of QUIRE_ENDPOINTS_FILE
    List {
        #[command(flatten)]
        how: How,
    },
}

#[derive(Args)]
struct NewKeyArgs {
    /// Name of the key's owner, made if there is none
    #[arg(long)]
    organization: String,
    /// Name of the key
    #[arg(long)]
    name: String,
    /// What the key may do: jobs:read, jobs:write; may be given again [default: both]
    #[arg(long = "scope")]
    scopes: Vec<Scope>,
    #[command(flatten)]
    how: How,
}

#[derive(Subcommand)]
enum OrganizationsCommand {
    /// Make an organization, unless there is one of this name, and print its id
    Create {
        /// Its name
        name: String,
        #[command(flatten)]
        how: How,
    },
    /// List organizations
    List {
        #[command(flatten)]
        how: How,
    },
}

#[derive(Args)]
struct How {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl How {
    const fn format(&self) -> Format {
        if self.json { Format::Json } else { Format::Text }
    }
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

impl Failure {
    /// Whether it is told in several lines.
    const fn is_list(&self) -> bool {
        matches!(
            self,
            Self::Serve(ServeError::Setup(SetupError::Endpoints(_)))
                | Self::Command(CommandError::Setup(SetupError::Endpoints(_)))
        )
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(code) => code,
        Err(failure) => {
            let code = failure.exit_code();
            tell(anyhow::Error::from(failure));
            code
        }
    }
}

async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let env = Env::of_process()?;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&env).await?,
        Command::Migrate => print(&commands::migrate(&env).await?),
        Command::Restored => print(&commands::restored(&env).await?),
        Command::Keys(command) => print(&keys(&env, command).await?),
        Command::Organizations(command) => print(&organizations(&env, command).await?),
        Command::Endpoints(EndpointsCommand::List { how }) => print(&commands::list_endpoints(&env, how.format())?),
        Command::Endpoints(EndpointsCommand::Check { file, how }) => {
            let Checked { answer, is_good } = commands::check_endpoints(&env, &file, how.format());
            print(&answer);
            return Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::from(2) });
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn keys(env: &Env, command: KeysCommand) -> Result<String, CommandError> {
    match command {
        KeysCommand::Create(NewKeyArgs { organization, name, scopes, how }) => {
            let scopes = if scopes.is_empty() { Scope::ALL.to_vec() } else { scopes };
            let key = NewKey { organization, name, scopes: scopes.into_iter().collect() };
            commands::create_key(env, &key, how.format()).await
        }
        KeysCommand::List { organization, how } => {
            commands::list_keys(env, organization.as_deref(), how.format()).await
        }
        KeysCommand::Revoke { id } => commands::revoke_key(env, id).await,
    }
}

async fn organizations(env: &Env, command: OrganizationsCommand) -> Result<String, CommandError> {
    match command {
        OrganizationsCommand::Create { name, how } => commands::create_organization(env, &name, how.format()).await,
        OrganizationsCommand::List { how } => commands::list_organizations(env, how.format()).await,
    }
}

#[expect(clippy::print_stdout, reason = "a command's answer")]
fn print(answer: &str) {
    println!("{answer}");
}

/// The failure and its causes in one line; mistakes in a file have a line each.
#[expect(clippy::print_stderr, reason = "there may be no log yet, or none for a command")]
fn tell(failure: anyhow::Error) {
    let is_list = failure.downcast_ref::<Failure>().is_some_and(Failure::is_list);
    let told = format!("{failure:#}");
    eprintln!("quire-api: {}", if is_list { told } else { told.replace('\n', "; ") });
}
