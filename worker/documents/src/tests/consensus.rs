//! Votes in, one answer out (contract B.1).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::consensus::{Consolidated, consolidate};
use crate::schema::{Caps, Schema};

fn schema(properties: &Value) -> Schema {
    let schema = json!({ "type": "object", "properties": properties });
    Schema::compile(&schema, &Caps::default()).unwrap()
}

fn join(properties: &Value, votes: &[Value]) -> Consolidated {
    consolidate(votes, &schema(properties), &BTreeMap::new())
}

/// The value and likelihood of one field that the votes give these values.
fn leaf(property: &Value, votes: &[Value]) -> (Value, f64) {
    let votes: Vec<Value> = votes.iter().map(|value| json!({ "x": value })).collect();
    let joined = join(&json!({ "x": property }), &votes);
    (joined.value["x"].clone(), joined.likelihoods["x"].as_f64().unwrap())
}

#[track_caller]
fn check(property: &Value, votes: &[Value], value: &Value, likelihood: f64) {
    let (found, share) = leaf(property, votes);
    assert_eq!(found, *value, "{votes:?}");
    assert!((share - likelihood).abs() < 1e-9, "{votes:?}: {share}");
}

#[test]
fn booleans_are_voted_on_with_nulls_in_the_denominator() {
    let flag = json!({ "type": "boolean" });
    check(&flag, &[json!(true), json!(false), json!(true)], &json!(true), 2.0 / 3.0);
    check(&flag, &[json!(true), json!(null), json!(null), json!(true)], &json!(true), 0.5);
    check(&flag, &[json!(false), json!(true)], &json!(false), 0.5);
    check(&flag, &[json!(null), json!(true), json!(null)], &json!(null), 0.0);
}

#[test]
fn numbers_within_three_percent_are_one_and_their_mean_is_the_value() {
    let number = json!({ "type": "number" });
    check(&number, &[json!(100), json!(103), json!(500)], &json!(101.5), 2.0 / 3.0);
    check(&number, &[json!(97), json!(100)], &json!(98.5), 1.0);
    check(&number, &[json!(96.9), json!(100)], &json!(96.9), 0.5);
    check(&number, &[json!(-97), json!(-100), json!(null)], &json!(-98.5), 2.0 / 3.0);
    check(&number, &[json!(0), json!(0), json!(0.001)], &json!(0), 2.0 / 3.0);
    // Every two of a cluster are within it: no chain.
    check(&number, &[json!(100), json!(103), json!(106)], &json!(101.5), 2.0 / 3.0);
    check(&number, &[json!(12.10), json!(12.10), json!(12.10)], &json!(12.10), 1.0);
    check(&json!({ "type": "integer" }), &[json!(100), json!(103)], &json!(102), 1.0);
}

#[test]
fn a_tie_with_null_prefers_what_was_found() {
    check(&json!({ "type": "number" }), &[json!(null), json!(7)], &json!(7), 0.5);
    check(&json!({ "type": "number" }), &[json!(null), json!(7), json!(null)], &json!(null), 0.0);
    check(&json!({ "type": "string" }), &[json!(null), json!("a")], &json!("a"), 0.5);
    let joined = join(&json!({}), &[json!({ "x": null }), json!({ "x": { "a": 1 } })]);
    assert_eq!((joined.value, joined.likelihoods), (json!({ "x": { "a": 1 } }), json!({ "x": { "a": 0.5 } })));
}

#[test]
fn texts_that_mean_the_same_are_one_and_the_most_central_is_the_value() {
    let text = json!({ "type": "string" });
    let votes = [json!("ACME Limited, Leeds"), json!("ACME limited Leeds"), json!("Leeds Print Works")];
    check(&text, &votes, &json!("ACME Limited, Leeds"), 2.0 / 3.0);
    let votes =
        [json!("ACME Industry Ltd Leeds"), json!("ACME Industries Ltd Leeds"), json!("ACME Industries Ltd Leds")];
    check(&text, &votes, &json!("ACME Industries Ltd Leeds"), 1.0);
    // Digits are never alike.
    check(&text, &[json!("2024-01-05"), json!("2024-01-06"), json!("2024-01-06")], &json!("2024-01-06"), 2.0 / 3.0);
    check(&text, &[json!("1 000.50"), json!("1,000.50")], &json!("1 000.50"), 1.0);
    let choice = json!({ "enum": ["unpaid", "unpaids"] });
    check(&choice, &[json!("unpaid"), json!("unpaids")], &json!("unpaid"), 0.5);
}

#[test]
fn rows_are_aligned_by_what_tells_them_apart_and_lone_ones_stay() {
    let properties = json!({ "lines": { "type": "array", "items": { "type": "object", "properties": {
        "sku": { "type": "string" }, "amount": { "type": "number" },
    } } } });
    let line = |sku: &str, amount: f64| json!({ "sku": sku, "amount": amount });
    let votes = [
        json!({ "lines": [line("a-1", 10.0), line("b-2", 20.0), line("c-3", 30.0)] }),
        json!({ "lines": [line("c-3", 30.0), line("A-1", 99.0)] }),
        json!({ "lines": [line("a-1", 10.0), line("x-9", 5.0), line("c-3", 30.0)] }),
    ];
    let joined = join(&properties, &votes);
    let expected = json!({ "lines": [line("a-1", 10.0), line("x-9", 5.0), line("b-2", 20.0), line("c-3", 30.0)] });
    assert_eq!(joined.value, expected);
    let likelihood = |row: usize, name: &str| joined.likelihoods["lines"][row][name].as_f64().unwrap();
    assert!((likelihood(0, "sku") - 1.0).abs() < 1e-9 && (likelihood(0, "amount") - 2.0 / 3.0).abs() < 1e-9);
    assert!((likelihood(1, "amount") - 1.0 / 3.0).abs() < 1e-9 && (likelihood(3, "amount") - 1.0).abs() < 1e-9);
    let second = &joined.key_mappings[1];
    assert_eq!(second["lines.0.sku"].as_deref(), Some("lines.1.sku"));
    assert_eq!(second["lines.3.amount"].as_deref(), Some("lines.0.amount"));
    assert_eq!(second["lines.1.sku"], None);
    assert_eq!(joined.details["lines.0.amount"], json!([10.0, 99.0, 10.0]));
    assert!(!joined.details.contains_key("lines.3.sku"));
}

#[test]
fn rows_without_one_key_are_aligned_by_two_fields_or_by_what_is_alike() {
    let item = |from: &str, to: &str, price: Value| json!({ "from": from, "to": to, "price": price });
    let properties = json!({ "legs": { "type": "array" } });
    let votes = [
        json!({ "legs": [item("Paris", "Lyon", json!(40)), item("Paris", "Nice", json!(90)), item("Lyon", "Nice", json!(40))] }),
        json!({ "legs": [item("Lyon", "Nice", json!(40)), item("Paris", "Nice", json!(7)), item("Paris", "Lyon", json!(40))] }),
    ];
    let joined = join(&properties, &votes);
    assert_eq!(joined.value["legs"].as_array().unwrap().len(), 3);
    assert_eq!(joined.key_mappings[1]["legs.1.price"].as_deref(), Some("legs.1.price"));
    assert_eq!(joined.key_mappings[1]["legs.0.from"].as_deref(), Some("legs.2.from"));
    let votes = [
        json!({ "legs": [item("Rotterdam", "Basel", json!(1)), item("Rotterdam", "Ulm", json!(2))] }),
        json!({ "legs": [item("Roterdam", "Basel", json!(null))] }),
    ];
    let joined = join(&properties, &votes);
    assert_eq!(joined.key_mappings[1]["legs.0.from"].as_deref(), Some("legs.0.from"));
    assert_eq!(joined.value["legs"].as_array().unwrap().len(), 2);
}

#[test]
fn the_key_that_a_caller_names_counts() {
    let properties = json!({ "lines": { "type": "array" } });
    let votes = [
        json!({ "lines": [{ "id": 1, "a": "x" }, { "id": 2, "a": "y" }] }),
        json!({ "lines": [{ "id": 2, "a": "x" }, { "id": 1, "a": "y" }] }),
    ];
    let keys = BTreeMap::from([("lines".to_owned(), "id".to_owned())]);
    let joined = consolidate(&votes, &schema(&properties), &keys);
    assert_eq!(joined.key_mappings[1]["lines.0.id"].as_deref(), Some("lines.1.id"));
}

#[test]
fn a_mean_that_no_vote_has_is_named() {
    let properties = json!({ "a": { "type": "number" }, "b": { "type": "number" } });
    let votes = [json!({ "a": 100, "b": 5 }), json!({ "a": 101, "b": 5 })];
    let joined = join(&properties, &votes);
    assert_eq!((joined.value, joined.means), (json!({ "a": 100.5, "b": 5 }), vec!["a".to_owned()]));
    assert_eq!(joined.details, Map::from_iter([("a".to_owned(), json!([100, 101]))]));
}

/// A generator of the same values for the same seed.
struct Seed(u64);

impl Seed {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn value(&mut self, depth: u64) -> Value {
        match self.below(if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => Value::from(self.below(2) == 0),
            2 => Value::from(self.below(200)),
            3 => Value::from(f64::from(u32::try_from(self.below(2000)).unwrap()) / 10.0 - 100.0),
            4 | 5 => Value::from(
                ["", "Paris", "paris", "Parise", "12", "1-2", "Lyon"][usize::try_from(self.below(7)).unwrap()],
            ),
            6 => (0..self.below(5)).map(|_| self.value(depth - 1)).collect(),
            _ => self.object(depth - 1),
        }
    }

    fn object(&mut self, depth: u64) -> Value {
        let names = ["a", "b", "c", "d"];
        Value::Object(
            (0..self.below(5))
                .map(|index| (names[usize::try_from(index % 4).unwrap()].to_owned(), self.value(depth)))
                .collect(),
        )
    }
}

/// Every leaf of a value by its path.
fn leaves(value: &Value, path: &str, found: &mut BTreeMap<String, Value>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| leaves(value, &below(name), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| leaves(value, &below(&index.to_string()), found));
        }
        leaf => drop(found.insert(path.to_owned(), leaf.clone())),
    }
}

#[test]
fn votes_that_agree_are_the_answer_and_each_maps_to_itself() {
    let mut seed = Seed(1);
    for _ in 0..300 {
        let vote = seed.object(3);
        let joined = consolidate(&vec![vote.clone(); 3], &schema(&json!({})), &BTreeMap::new());
        assert_eq!(joined.value, vote);
        let mut all = BTreeMap::new();
        leaves(&vote, "", &mut all);
        for mapping in &joined.key_mappings {
            assert!(mapping.iter().all(|(path, own)| all[path] == all[own.as_ref().unwrap()]));
            assert_eq!(mapping.len(), all.len());
        }
        assert!(joined.details.is_empty() && joined.means.is_empty());
    }
}

#[test]
fn whatever_the_votes_the_answer_is_made_of_them_and_its_likelihoods_have_its_shape() {
    let mut seed = Seed(2);
    for _ in 0..1000 {
        let votes: Vec<Value> = (0..1 + seed.below(5)).map(|_| seed.object(3)).collect();
        let joined = consolidate(&votes, &schema(&json!({})), &BTreeMap::new());
        let (mut values, mut likelihoods) = (BTreeMap::new(), BTreeMap::new());
        leaves(&joined.value, "", &mut values);
        leaves(&joined.likelihoods, "", &mut likelihoods);
        for (path, own) in joined.key_mappings.iter().flatten() {
            assert!(joined.value.pointer(&format!("/{}", path.replace('.', "/"))).is_some(), "{path} {own:?}");
        }
        for (path, likelihood) in &likelihoods {
            let likelihood = likelihood.as_f64().unwrap();
            assert!((0.0..=1.0).contains(&likelihood), "{path}");
            let Some(value) = values.get(path) else { continue };
            assert_eq!(value.is_null(), likelihood == 0.0, "{path} {votes:?}");
            let has = |vote: usize| {
                let own = joined.key_mappings[vote].get(path)?.as_ref()?;
                votes[vote].pointer(&format!("/{}", own.replace('.', "/")))
            };
            let is_of_a_vote = (0..votes.len()).any(|vote| has(vote) == Some(value));
            assert!(value.is_null() || is_of_a_vote || joined.means.contains(path), "{path} {value} {votes:?}");
        }
    }
}

#[test]
fn lists_that_are_made_to_be_slow_are_joined_all_the_same() {
    let lists = [7_u64, 11, 13].map(|factor| {
        let items: Vec<Value> = (0..2_000_u64).map(|n| json!({ "a": format!("{}", n * factor), "b": n % 3 })).collect();
        json!({ "x": items })
    });
    let joined = join(&json!({ "x": { "type": "array" } }), &lists);
    assert!(joined.value["x"].as_array().unwrap().len() >= 2_000);
}
