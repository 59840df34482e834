use tests::app::App;
use tests::documents::text_job;

use super::{ids, list, pairs};

type Pairs = &'static [(&'static str, &'static str)];

/// What is asked, and the paths that must be named.
const INVALID: &[(Pairs, &[&str])] = &[
    (&[("limit", "0")], &["query.limit"]),
    (&[("limit", "101")], &["query.limit"]),
    (&[("limit", "ten")], &["query.limit"]),
    (&[("order", "up")], &["query.order"]),
    (&[("status", "done")], &["query.status"]),
    (&[("endpoint", "/v1/nothing")], &["query.endpoint"]),
    (&[("source", "web")], &["query.source"]),
    (&[("source", "api"), ("project_id", "p")], &["query.source"]),
    (&[("source", "api"), ("workflow_id", "w")], &["query.source"]),
    (&[("filename_regex", "^a*")], &["query.filename_regex"]),
    (&[("filename_regex", "a|b")], &["query.filename_regex"]),
    // Only PostgreSQL finds this one.
    (&[("filename_regex", "^[z-a]")], &["query.filename_regex"]),
    (&[("document_type", "exe")], &["query.document_type"]),
    (&[("metadata", "[]")], &["query.metadata"]),
    (&[("metadata", "{\"a\":1}")], &["query.metadata"]),
    (&[("metadata", "{")], &["query.metadata"]),
    (&[("include_request", "maybe")], &["query.include_request"]),
    (&[("include_response", "true"), ("limit", "21")], &["query.include_response"]),
    (&[("model", "")], &["query.model"]),
    (&[("project_id", "a\0b")], &["query.project_id"]),
    (&[("status", "queued"), ("status", "failed")], &["query.status"]),
    (&[("after", "x"), ("before", "y")], &["query.before"]),
    (
        &[("limit", "0"), ("order", "up"), ("from_date", "never"), ("after", "x"), ("status", "")],
        &["query.limit", "query.order", "query.status"],
    ),
];

#[tokio::test]
async fn a_bad_query_is_refused_and_every_parameter_of_it_is_named() {
    let app = App::builder("a_bad_query_is_refused").workers(0).start().await;
    let mut wrong = Vec::new();
    for (query, expected) in INVALID {
        let answer = list(app.client(), &pairs(query)).await;
        let errors = answer.body["detail"]["details"]["errors"].as_array().cloned().unwrap_or_default();
        let mut paths: Vec<&str> = errors.iter().filter_map(|error| error["path"].as_str()).collect();
        paths.sort_unstable();
        if (answer.code, answer.error_code()) != (422, "validation_error") || paths != *expected {
            wrong.push(format!("{query:?}: {} {}", answer.code, answer.body));
        }
    }
    for (query, code) in [
        (("from_date", "2026-02-30"), "invalid_date"),
        (("to_date", "yesterday"), "invalid_date"),
        (("after", "job_x"), "invalid_cursor"),
        (("before", "job_0PtoP0n-zhx5Kd3cN2kQa"), "invalid_cursor"),
    ] {
        let answer = list(app.client(), &pairs(&[query])).await;
        if (answer.code, answer.error_code()) != (400, code) {
            wrong.push(format!("{query:?}: {} {}", answer.code, answer.body));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    app.finish().await;
}

#[tokio::test]
async fn what_no_job_can_have_is_an_empty_list() {
    let mut app = App::builder("what_no_job_can_have_is_an_empty_list").workers(0).start().await;
    app.client().submit(&text_job("x")).await;
    let long = "m".repeat(300);
    for query in [
        ("id", "nonsense"),
        ("model", long.as_str()),
        ("workflow_block_id", long.as_str()),
        ("status", "validating"),
        ("to_date", "1969-12-31"),
        ("from_date", "9999-12-31"),
    ] {
        let answer = list(app.client(), &pairs(&[query])).await;
        assert!(ids(&answer).is_empty(), "{query:?}");
        assert_eq!(answer.body["has_more"], false);
    }
    let inverted = pairs(&[("from_date", "2026-02-02"), ("to_date", "2026-02-01")]);
    assert!(ids(&list(app.client(), &inverted).await).is_empty());
    // What is not known is ignored, and a key may come in the query of any request.
    assert_eq!(ids(&list(app.client(), &pairs(&[("colour", "red"), ("colour", "blue")])).await).len(), 1);
    app.leaves_unfinished();
    app.finish().await;
}
