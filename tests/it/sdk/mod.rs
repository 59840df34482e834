//! The unmodified Retab SDK, which must not be able to tell Quire from what it was made for. What it is made to do is
//! under tests/sdk.

use tests::app::App;
use tests::{models_dir, report, sdk};

/// Time in which a job can still be cancelled. The machine may be busy.
const DISPATCH_DELAY: &str = "[[endpoint]]\npath = \"/v1/documents/parse\"\ndispatch_delay_ms = 2000\n";

/// `base` is what follows the server's address in the SDK's base URL.
async fn the_sdk_cannot_tell(name: &str, version: &str, base: &str) {
    let app = App::builder(name).endpoints(DISPATCH_DELAY).worker_env("QUIRE_MODELS_DIR", &models_dir());
    let mut app = app.start().await;
    let url = format!("{}{base}", app.api().url);
    let key = app.make_key("acme").await;
    let reader = app.command(&["keys", "create", "--organization", "acme", "--name", "reader", "--scope", "jobs:read"]);
    let reader = String::from_utf8(reader.await.stdout).unwrap();
    let (foreign, lists) = (app.make_key("rival").await, app.make_key("lists").await);
    let variables = [
        ("RETAB_API_BASE_URL", url.as_str()),
        ("RETAB_API_KEY", &key),
        ("READER_KEY", reader.trim()),
        ("FOREIGN_KEY", &foreign),
        ("LISTS_KEY", &lists),
    ];
    let words = sdk::run_tests(version, &variables).await;
    report(format_args!("retab {version}: {words}"));
    // Some jobs are created for what their creation answers.
    app.leaves_unfinished();
    app.finish().await;
}

#[tokio::test]
async fn retab_0_0_110_cannot_tell() {
    the_sdk_cannot_tell("retab_0_0_110_cannot_tell", "0.0.110", "/v1").await;
}

#[tokio::test]
async fn retab_0_0_116_cannot_tell() {
    the_sdk_cannot_tell("retab_0_0_116_cannot_tell", "0.0.116", "/v1").await;
}

/// Its paths begin with the version themselves.
#[tokio::test]
async fn retab_0_0_105_cannot_tell() {
    the_sdk_cannot_tell("retab_0_0_105_cannot_tell", "0.0.105", "").await;
}
