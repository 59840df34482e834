//! docs/endpoints.md says what the code does.

use std::collections::BTreeSet;

use shared::endpoints::keys;

use crate::flows::endpoints::check;

fn page() -> String {
    std::fs::read_to_string(super::tidy::root().join("docs/endpoints.md")).unwrap()
}

#[test]
fn every_key_has_its_row() {
    let page = page();
    let rows = page.lines().skip_while(|line| !line.starts_with("| key |")).skip(2);
    let named = rows.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('`').nth(1));
    assert_eq!(named.map(str::to_owned).collect::<Vec<_>>(), keys().collect::<Vec<_>>());
}

/// The variables that a text refers to.
fn variables(toml: &str) -> BTreeSet<&str> {
    toml.split("${").skip(1).map(|rest| rest.split_once('}').unwrap().0).collect()
}

#[tokio::test]
async fn every_example_can_be_used() {
    let page = page();
    let examples: Vec<&str> = page.split("```toml\n").skip(1).map(|rest| rest.split_once("```").unwrap().0).collect();
    assert_eq!(examples.len(), 4);
    for (index, toml) in examples.into_iter().enumerate() {
        let values: Vec<_> = variables(toml).into_iter().map(|name| (name, "dummy-value")).collect();
        let checked = check(&format!("example-{index}"), toml, &values, &[]).await;
        let said = String::from_utf8(checked.stdout).unwrap();
        assert!(checked.status.success(), "{toml}\n{said}");
        assert!(!said.contains("dummy-value"), "{said}");
        // Without its variables it cannot.
        if let [(name, _), ..] = values[..] {
            let checked = check(&format!("example-{index}-unset"), toml, &[], &[]).await;
            let said = String::from_utf8(checked.stdout).unwrap();
            assert!(said.contains(&format!("refers to the variable {name}, which is not set")), "{said}");
        }
    }
}
