//! `GET /v1/jobs`: each parameter, pages against a naive model, plans, isolation.

mod bounds;
mod included;
mod model;
mod pages;
mod plans;
mod refusals;

use serde_json::Value;
use tests::client::{Answer, Client};
use url::form_urlencoded::Serializer;

/// Asks for a list.
async fn list(client: &Client, query: &[(String, String)]) -> Answer {
    let query = Serializer::new(String::new()).extend_pairs(query).finish();
    client.get(&format!("/v1/jobs?{query}")).await
}

/// The ids of a page, whose frame must be right.
fn ids(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.code, 200, "{}", answer.body);
    let body = &answer.body;
    let ids: Vec<String> =
        body["data"].as_array().unwrap().iter().map(|job| job["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(body["object"], "list");
    assert_eq!(body["first_id"], Value::from(ids.first().cloned()));
    assert_eq!(body["last_id"], Value::from(ids.last().cloned()));
    assert!(body["has_more"].is_boolean());
    ids
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
