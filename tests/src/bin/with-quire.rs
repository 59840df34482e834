//! Runs a program against a Quire of its own: `with-quire PROGRAM [ARGUMENT...]`. The program finds the address in
//! `TEST_QUIRE_URL` and a key in `TEST_QUIRE_KEY`. When it has ended, every invariant of the data must hold.

use std::process::ExitCode;

use clap::Parser;
use tests::app::App;
use tests::report;

/// A key that keeps no secret of anybody: base64 of 32 zeros.
const SECRETS_KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// Runs a program against a Quire of its own.
#[derive(Parser)]
struct Arguments {
    /// The program and its arguments.
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    // What the API's description allows is to be taken, passwords of documents too.
    let mut app = App::builder("with-quire").env("QUIRE_SECRETS_KEY", SECRETS_KEY).start().await;
    let key = app.make_key("acme").await;
    let url = app.api().url.clone();
    let ended = tokio::process::Command::new(&command[0])
        .args(&command[1..])
        .env("TEST_QUIRE_URL", url)
        .env("TEST_QUIRE_KEY", key)
        .kill_on_drop(true)
        .status()
        .await;
    // Whatever it did not wait for.
    app.leaves_unfinished();
    app.finish().await;
    match ended {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => {
            report(format_args!("{} ended with {status}", command[0]));
            ExitCode::FAILURE
        }
        Err(error) => {
            report(format_args!("{} could not be started: {error}", command[0]));
            ExitCode::FAILURE
        }
    }
}
