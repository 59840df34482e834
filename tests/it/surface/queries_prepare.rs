use std::collections::HashSet;

use shared::store::all_statements;

use crate::bed::Bed;

#[tokio::test]
async fn every_statement_prepares_on_the_migrated_schema() {
    let bed = Bed::new().await;
    let mut refused = Vec::new();
    for statement in all_statements() {
        if let Err(error) = bed.sql.prepare(statement.sql).await {
            refused.push(format!("{}: {error:?}", statement.name));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn every_statement_names_itself_and_no_other() {
    let statements = all_statements();
    assert!(statements.len() > 20, "the list of statements is not whole");
    let names: HashSet<&str> = statements.iter().map(|statement| statement.name).collect();
    assert_eq!(names.len(), statements.len(), "a name is used twice");
    for statement in statements {
        let first = statement.sql.lines().next().unwrap_or_default();
        assert_eq!(first, format!("-- {}", statement.name));
    }
}

#[tokio::test]
async fn migrating_again_changes_nothing() {
    let bed = Bed::new().await;
    assert_eq!(bed.store.migrate().await.unwrap().applied, 0);
    bed.store.check_schema().await.unwrap();
    // A day may have begun since the template was made; then its last partition is missing, once.
    bed.store.ensure_partitions(7).await.unwrap();
    assert_eq!(bed.store.ensure_partitions(7).await.unwrap(), 0);
    // A text that was changed after it was applied is found.
    bed.run("update schema_migrations set checksum = '\\x00' where version = 1").await;
    let error = bed.store.check_schema().await.unwrap_err().to_string();
    assert!(error.contains("0001_organizations"), "{error}");
}
