use shared::domain::{JobId, Status};

use super::*;

fn paths(query: &str) -> Vec<String> {
    match parse(query, &Registry::default()) {
        Err(ServiceError::Invalid(violations)) => violations.into_iter().map(|violation| violation.path).collect(),
        other => panic!("{query}: {other:?}"),
    }
}

fn filter_of(query: &str) -> Filter {
    parse(query, &Registry::default()).unwrap().filter
}

#[test]
fn nothing_asked_for_is_the_first_page_of_all_jobs() {
    let list = List { limit: 20, ..List::default() };
    assert_eq!(parse("", &Registry::default()).unwrap(), list);
    assert_eq!(parse("access_token=x&unknown=1&unknown=2", &Registry::default()).unwrap(), list);
}

#[test]
fn every_parameter_is_understood() {
    let list = parse("limit=7&order=asc&include_request=1&include_response=false", &Registry::default()).unwrap();
    assert_eq!((list.limit, list.ascending), (7, true));
    assert_eq!(list.include, Include { request: true, response: false });
    let id = JobId::generate(1);
    assert_eq!(parse(&format!("after={id}"), &Registry::default()).unwrap().cursor, Some(Cursor::After(id)));
    assert_eq!(parse(&format!("before={id}"), &Registry::default()).unwrap().cursor, Some(Cursor::Before(id)));
    for name in ["id", "job_id"] {
        assert_eq!(filter_of(&format!("{name}={id}")).job, Some(id));
    }
    for name in ["workflow_node_id", "workflow_block_id"] {
        assert_eq!(filter_of(&format!("{name}=n")).workflow_node_id.as_deref(), Some("n"));
    }
    let filter =
        filter_of("status=in_progress&endpoint=/documents/parse&source=project&project_id=p&workflow_id=w&model=m");
    assert_eq!((filter.status, filter.endpoint.as_deref()), (Some(Status::InProgress), Some("/v1/documents/parse")));
    assert_eq!((filter.source, filter.model.as_deref()), (Some(Source::Project), Some("m")));
    assert_eq!((filter.project_id.as_deref(), filter.workflow_id.as_deref()), (Some("p"), Some("w")));
    let filter =
        filter_of("filename_contains=%25a&document_type=PDF,+docx&document_type=pdf&metadata=%7B%22a%22:%22b%22%7D");
    assert_eq!(
        (filter.file_name_part.as_deref(), filter.document_types.join(" ")),
        (Some("%a"), "docx pdf".to_owned())
    );
    assert_eq!(filter.metadata.unwrap()["a"], "b");
    let filter = filter_of("from_date=1970-01-02&to_date=1970-01-02");
    assert_eq!((filter.from_millis, filter.until_millis), (Some(86_400_000), Some(172_800_000)));
}

#[test]
fn every_broken_rule_is_named_at_once() {
    let broken = "limit=0&order=up&status=done&endpoint=/x&source=web&filename_regex=a*&document_type=exe&metadata=[]\
        &include_request=yes&include_response=&model=a%00b&workflow_id=&from_date=never&after=x&before=y";
    let mut named = paths(broken);
    named.sort();
    let expected = [
        "before",
        "document_type",
        "endpoint",
        "filename_regex",
        "include_request",
        "include_response",
        "limit",
        "metadata",
        "model",
        "order",
        "source",
        "status",
        "workflow_id",
    ];
    assert_eq!(named, expected.map(|name| format!("query.{name}")));
}

#[test]
fn a_parameter_is_given_once_by_whichever_name() {
    assert_eq!(paths("limit=1&limit=1"), ["query.limit"]);
    assert_eq!(paths("id=a&job_id=a"), ["query.job_id"]);
    assert_eq!(paths("workflow_block_id=a&workflow_node_id=a"), ["query.workflow_node_id"]);
}

#[test]
fn limits_have_bounds() {
    for (query, name) in [
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=1.5", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("include_response=true&limit=21", "include_response"),
        ("source=api&project_id=p", "source"),
        ("source=api&workflow_id=p", "source"),
        (r#"metadata={"a":1}"#, "metadata"),
        (r#"metadata={"a":"\u0000"}"#, "metadata"),
        ("document_type=pdf,", "document_type"),
    ] {
        assert_eq!(paths(query), [format!("query.{name}")], "{query}");
    }
    assert_eq!(parse("limit=100&include_request=true", &Registry::default()).unwrap().limit, 100);
    assert!(parse("limit=20&include_response=true", &Registry::default()).unwrap().include.response);
}

#[test]
fn bad_dates_and_cursors_have_answers_of_their_own() {
    assert!(matches!(parse("to_date=2026-02-30", &Registry::default()), Err(ServiceError::InvalidDate("to_date"))));
    assert!(matches!(parse("after=job_x", &Registry::default()), Err(ServiceError::InvalidCursor("after"))));
    assert!(matches!(parse("before=x&from_date=x", &Registry::default()), Err(ServiceError::InvalidDate("from_date"))));
    assert_eq!(paths("before=x&from_date=x&limit=x"), ["query.limit"]);
}

#[test]
fn what_no_job_can_have_matches_nothing() {
    assert!(filter_of("id=nonsense").nothing);
    assert!(filter_of(&format!("model={}", "m".repeat(257))).nothing);
    assert!(!filter_of(&format!("model={}", "é".repeat(256))).nothing);
    assert_eq!(filter_of("metadata={}").metadata, None);
}

#[test]
fn patterns_are_names_or_tied_expressions() {
    let good = [
        ("report.pdf", r"report\.pdf"),
        (" a_b-c ", r"a\_b\-c"),
        ("^inv[0-9a]", "^inv[0-9a]"),
        (r"^a\.pdf$", r"^a\.pdf$"),
        (r"^(a|b)\d\b", r"^(a|b)\d\y"),
        (r"^[]*+\]\d]", r"^[\]\*\+\]\d]"),
        ("^[^[:alpha:]", r"^[^\[\:alpha\:]"),
        (r"^\*\{", r"^\*\{"),
        ("^é.", "^é."),
    ];
    for (text, expected) in good {
        assert_eq!(pattern::check(text).as_deref(), Ok(expected), "{text}");
    }
    let bad = [
        "a|b", "a$", "^a*", "^a+", "^a?", "^a{2}", "^(?i)a", "^(a)\\1", "^a$b", "^(a", "^a)", "^[a", "^a\\", "^\\p",
        "^[\\W]", "^^(?=a)", " ", "***=a",
    ];
    for text in bad {
        assert!(pattern::check(text).is_err(), "{text}");
    }
    assert!(pattern::check(&"é".repeat(256)).is_ok());
    assert_eq!(pattern::check(&"é".repeat(257)).unwrap_err().size, Some(257));
}
