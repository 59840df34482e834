use std::collections::BTreeSet;

use serde_json::Value;
use shared::store::{NOT_FOR_LISTS, Statement, all_statements};
use tests::fill::Fill;
use tokio_postgres::Client;

use crate::bed::{Bed, statement};

/// Enough rows that a plan which reads a table from end to end would pay for it, in four months' partitions.
const FILL: Fill = Fill { jobs: 6_000, organizations: 20, days: 85 };

/// Parameters as a list gives them, but for the organization; all filters are given, so that none is planned away.
const PARAMETERS: &str =
    "'00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 50000, 20, 'failed',
    '/v1/documents/parse', 'project', 'p1', 'w1', 'n1', 'retab-large', '^invoice', 'voice', '{pdf}', '{\"a\":\"b\"}',
    true, true, true";

/// The tables that grow with the number of jobs.
const LARGE: [&str; 4] = ["jobs", "job_records", "job_events", "outbox"];

fn lists() -> Vec<Statement> {
    let lists: Vec<Statement> =
        all_statements().into_iter().filter(|statement| statement.name.starts_with("jobs.list_")).collect();
    assert_eq!(lists.len(), 22, "the lists were not found");
    lists
}

/// The plan that a connection for lists makes for a statement.
async fn plan(sql: &Client, statement: Statement, organization: &str, mode: &str) -> Value {
    let types = "uuid, uuid, uuid, bigint, bigint, text, text, text, text, text, text, text, text, text, text[], jsonb, \
        boolean, boolean, boolean";
    sql.batch_execute(&format!(
        "set plan_cache_mode = {mode}; deallocate all; prepare list ({types}) as {}",
        statement.sql
    ))
    .await
    .unwrap_or_else(|error| panic!("{}: {error:?}", statement.name));
    let explained = format!("explain (format json) execute list ('{organization}', {PARAMETERS})");
    sql.query_one(&explained, &[]).await.unwrap_or_else(|error| panic!("{}: {error:?}", statement.name)).get(0)
}

fn large_table(node: &Value) -> Option<&str> {
    let relation = node["Relation Name"].as_str()?;
    LARGE
        .into_iter()
        .find(|table| relation.strip_prefix(*table).is_some_and(|rest| rest.is_empty() || rest.starts_with("_2")))
}

/// Whether a large table is read by this node or below it.
fn reads_large(node: &Value) -> bool {
    let below = node["Plans"].as_array().map_or(&[][..], Vec::as_slice);
    large_table(node).is_some() || below.iter().any(reads_large)
}

/// What is wrong with a plan.
fn faults(node: &Value, faults: &mut Vec<String>) {
    let kind = node["Node Type"].as_str().unwrap_or_default();
    if let Some(table) = large_table(node) {
        if !kind.starts_with("Index") {
            faults.push(format!("{kind} on {table}"));
        } else if node.get("Index Cond").is_none() {
            faults.push(format!("{kind} without a condition on {table}"));
        }
    }
    if matches!(kind, "Hash Join" | "Merge Join" | "Hash" | "Bitmap Heap Scan") {
        faults.push(kind.to_owned());
    }
    let below = node["Plans"].as_array().map_or(&[][..], Vec::as_slice);
    // Pages are sorted, and they are read from the CTE; what they are filled from is not.
    if kind.contains("Sort") && below.iter().any(reads_large) {
        faults.push(format!("{kind} of a table"));
    }
    below.iter().for_each(|inner| self::faults(inner, faults));
}

#[tokio::test]
async fn every_list_walks_indexes_with_or_without_its_parameters() {
    let bed = Bed::new().await;
    FILL.into(&bed.sql).await;
    bed.store.note_retention(7).await.unwrap();
    for setting in NOT_FOR_LISTS {
        bed.run(&format!("set {setting} = off")).await;
    }
    let organization = bed.organization("filled-1").await.uuid().to_string();
    let mut found = Vec::new();
    for statement in lists() {
        for mode in ["force_generic_plan", "force_custom_plan"] {
            let explained = plan(&bed.sql, statement, &organization, mode).await;
            let mut wrong = Vec::new();
            faults(&explained[0]["Plan"], &mut wrong);
            found.extend(wrong.iter().map(|fault| format!("{}, {mode}: {fault}", statement.name)));
        }
    }
    found.dedup();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_list_answers_every_column_of_a_retrieve() {
    let bed = Bed::new().await;
    let columns = async |sql: &str| -> BTreeSet<String> {
        bed.sql.prepare(sql).await.unwrap().columns().iter().map(|column| column.name().to_owned()).collect()
    };
    let mut retrieved = columns(statement("jobs.get")).await;
    retrieved.insert("beyond".to_owned());
    for list in lists() {
        assert_eq!(columns(list.sql).await, retrieved, "{}", list.name);
    }
}
