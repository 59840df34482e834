//! The tables of docs/api.md are the code's own.

use serde_json::{Value, json};
use shared::contract::ErrorCode;
use shared::domain::{FailureClass, FailureCode, built_in};
use tests::app::App;

/// The rows of the page's table below this head.
fn written(head: &str) -> Vec<String> {
    let page = std::fs::read_to_string(super::tidy::root().join("docs/api.md")).unwrap();
    let rows = page.lines().skip_while(|line| *line != head).skip(2).take_while(|line| line.starts_with('|'));
    rows.map(str::to_owned).collect()
}

fn assert_table(head: &str, coded: &[String]) {
    let written = written(head);
    assert!(written == coded, "the table {head} of docs/api.md is not the code's; it should be\n{}", coded.join("\n"));
}

#[test]
fn the_error_codes_are_the_codes_own() {
    let row = |code: &ErrorCode| format!("| {} | `{code}` | {} |", code.status(), code.about());
    assert_table("| status | code | when |", &ErrorCode::ALL.iter().map(row).collect::<Vec<_>>());
}

#[test]
fn the_failure_codes_are_the_codes_own() {
    let row = |code: &FailureCode| {
        let again = match code.class() {
            FailureClass::Transient => "yes",
            FailureClass::Permanent => "no",
        };
        format!("| `{code}` | {again} | {} |", code.about())
    };
    assert_table("| failure | tried again | when |", &FailureCode::ALL.iter().map(row).collect::<Vec<_>>());
}

#[test]
fn the_endpoints_are_the_codes_own() {
    let row = |executed: bool, path: &str| format!("| `{path}` | {} |", if executed { "yes" } else { "not yet" });
    let rows = built_in().into_iter().map(|endpoint| row(endpoint.executor.is_some(), &endpoint.path));
    assert_table("| endpoint | executed |", &rows.collect::<Vec<_>>());
}

/// One row for each operation of the description.
fn routes(document: &Value) -> Vec<String> {
    let mut rows = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let scope = match (operation["security"] == json!([{}]), method.as_str()) {
                (true, _) => "none",
                (false, "get") => "`jobs:read`",
                (false, _) => "`jobs:write`",
            };
            let statuses: Vec<&str> = operation["responses"].as_object().unwrap().keys().map(String::as_str).collect();
            rows.push(format!("| `{} {path}` | {scope} | {} |", method.to_uppercase(), statuses.join(", ")));
        }
    }
    rows
}

#[tokio::test]
async fn the_routes_are_those_of_the_description() {
    let app = App::builder("the_routes_are_those_of_the_description").workers(0).start().await;
    let coded = routes(&app.client().get("/openapi.json").await.body);
    app.finish().await;
    assert_table("| route | scope | answers |", &coded);
}
