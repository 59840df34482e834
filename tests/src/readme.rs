//! The configuration table of README.md, as the code knows it.

use shared::config::{UsedBy, VARIABLES, Variable};

/// The first line of the table.
pub const HEADER: &str = "| variable | default | rule | for | about |";

/// The table: its header, its rule and a row for each variable.
#[must_use]
pub fn configuration_table() -> Vec<String> {
    let rule = "| --- | --- | --- | --- | --- |".to_owned();
    [HEADER.to_owned(), rule].into_iter().chain(VARIABLES.iter().map(row)).collect()
}

fn row(variable: &Variable) -> String {
    let default = match variable.default {
        None => "required".to_owned(),
        Some("") => "empty".to_owned(),
        Some(value) => format!("`{value}`"),
    };
    let used_by = match variable.used_by {
        UsedBy::Both => "api, worker",
        UsedBy::Api => "api",
        UsedBy::Worker => "worker",
        UsedBy::Scripts => "scripts, tests",
    };
    format!("| `{}` | {default} | {} | {used_by} | {} |", variable.name, variable.rule, variable.about)
}
