use std::path::Path;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::read::{Reading, parse};
use super::*;
use crate::domain::{Endpoint, Executor, FailureCode, Lane, Proxy, Registry, built_in};

/// Reads a text as a file beside which nothing lies.
fn registry(text: &str) -> Result<Registry, Mistakes> {
    let variables = |name: &str| match name {
        "KEY" => Some(SecretString::from("sk-secret")),
        "BROKEN" => Some(SecretString::from("two\nlines")),
        _ => None,
    };
    let schema = |schema: &Value| match schema["type"].as_str() {
        Some("nonsense") => Err("of our own making".to_owned()),
        _ => Ok(()),
    };
    let around = Surroundings { variables: &variables, schema: &schema };
    let reading = Reading { around, folder: Path::new("/nowhere").to_owned(), built_in: built_in() };
    parse(Path::new("e.toml"), text, &reading)
}

fn endpoint(registry: &Registry, path: &str) -> Endpoint {
    Endpoint::clone(registry.find(path).unwrap())
}

/// An endpoint that is good, and this.
fn with(more: &str) -> String {
    format!(
        "[[endpoint]]\npath = \"/v1/sum\"\nexecutor = \"http\"\n{more}\n[endpoint.upstream]\nurl = \"http://sum.internal\"\n"
    )
}

/// A good endpoint whose upstream has this too.
fn to(more: &str) -> String {
    with("") + more
}

#[test]
fn every_field_is_read() {
    let text = r#"
        [[endpoint]]
        path = "/v1/sum"
        executor = "http"
        lane = "long"
        timeout_ms = 7200000
        dispatch_delay_ms = 20
        concurrency = 8
        concurrency_per_organization = 2
        [endpoint.request_schema]
        type = "object"
        required = ["text"]
        properties.text = { type = "string", maxLength = 10 }
        [endpoint.retry]
        attempts = 3
        schedule_ms = [1000, 5000]
        codes = ["attempt_timed_out"]
        [endpoint.upstream]
        url = "https://sum.internal:9000/run?key=${KEY}"
        connect_timeout_ms = 100
        request_max_bytes = 10
        response_max_bytes = 20
        retry_statuses = [409, "5xx"]
        retry_after_max_ms = 0
        redirects = 1
        proxy = "http://user:${KEY}@proxy:3128"
        [endpoint.upstream.headers]
        Authorization = "Bearer ${KEY}"
    "#;
    let sum = endpoint(&registry(text).unwrap(), "/v1/sum");
    assert_eq!((sum.lane, sum.timeout), (Lane::Long, Duration::from_secs(7_200)));
    assert_eq!((sum.concurrency.total, sum.concurrency.per_organization), (Some(8), Some(2)));
    assert_eq!(sum.dispatch_delay, Duration::from_millis(20));
    let schema = sum.request_schema.as_deref().unwrap();
    assert_eq!(schema["properties"]["text"]["maxLength"], 10);
    assert_eq!((sum.retry.attempts, sum.retry.schedule.len()), (3, 2));
    assert_eq!(sum.retry.codes.as_deref(), Some(&[FailureCode::AttemptTimedOut][..]));
    let upstream = sum.upstream().unwrap();
    assert_eq!(upstream.url.as_str(), "https://sum.internal:9000/run?key=sk-secret");
    assert_eq!((upstream.request_max_bytes, upstream.response_max_bytes, upstream.redirects), (10, 20, 1));
    assert_eq!((upstream.connect_timeout, upstream.retry_after_max), (Duration::from_millis(100), Duration::ZERO));
    assert!(upstream.retry_statuses.contains(409) && !upstream.retry_statuses.contains(429));
    assert!(matches!(&upstream.proxy, Proxy::Url(url) if url.expose_secret() == "http://user:sk-secret@proxy:3128"));
    let (name, value) = &upstream.headers[0];
    assert_eq!((name.as_str(), value.expose_secret()), ("authorization", "Bearer sk-secret"));
}

#[test]
fn an_entry_of_a_built_in_path_changes_only_what_it_says() {
    let parse = endpoint(
        &registry("[[endpoint]]\npath = \"/v1/documents/parse\"\nlane = \"interactive\"").unwrap(),
        "/v1/documents/parse",
    );
    assert_eq!(parse.lane, Lane::Interactive);
    assert!(matches!(parse.executor, Some(Executor::Documents)));
    let fill = registry("[[endpoint]]\npath = \"/v1/edit/agent/fill\"\ntimeout_ms = 5").unwrap();
    assert!(endpoint(&fill, "/v1/edit/agent/fill").executor.is_none());
    assert_eq!(fill.iter().count(), 15);
    assert_eq!(registry("").unwrap().iter().count(), 15);
}

/// Every text is refused, by these words and by no value.
fn assert_told(cases: &[(String, &str)]) {
    for (text, expected) in cases {
        let told = registry(text).expect_err(expected).to_string();
        assert!(told.contains(expected), "{told}\nand not: {expected}");
        assert!(!told.contains("sk-secret"), "{told}");
    }
}

#[test]
fn mistakes_of_the_file_and_of_paths_are_told() {
    assert_told(&[
        ("endpoint = 3".into(), "e.toml:1: endpoint: must be tables"),
        ("[endpoint]\npath = \"/v1/sum\"".into(), "e.toml:1: endpoint: must be tables, each headed [[endpoint]]"),
        ("[[endpoint]]\nlane = \"batch\"".into(), "e.toml:1: endpoint[1]: has no path"),
        ("[[endpoint]]\npath = \"v1\"".into(), "e.toml:2: endpoint[1].path: must begin with /"),
        ("[[endpoint]]\npath = \"/a b\"".into(), "(4 characters)"),
        ("[[endpoint]]\npath = \"/a?b\"".into(), "visible ASCII characters without ? and #"),
        (format!("[[endpoint]]\npath = \"/{}\"", "a".repeat(200)), "(201 characters)"),
        ("[[endpoint]]\npath = \"/documents/parse\"".into(), "is the short name of /v1/documents/parse"),
        (with("") + &with(""), "e.toml:7: endpoint[2]: has the path of endpoint[1]"),
        (
            "[[endpiont]]\npath = \"/v1/sum\"".into(),
            "e.toml:1: has an unknown key of 8 characters: did you mean endpoint?",
        ),
        (
            with("concurency = 3"),
            "e.toml:4: endpoint[/v1/sum]: has an unknown key of 10 characters: did you mean concurrency?",
        ),
        (with("zzz = 3"), "unknown key of 3 characters: there are path, executor"),
    ]);
}

#[test]
fn mistakes_of_an_endpoint_are_told() {
    assert_told(&[
        (with("lane = \"fast\""), "endpoint[/v1/sum].lane: must be one of interactive, batch, long (4 characters)"),
        (with("timeout_ms = 0"), "endpoint[/v1/sum].timeout_ms: must be milliseconds, 1 to 86400000"),
        (with("timeout_ms = 86400001"), ".timeout_ms: must be milliseconds"),
        (with("timeout_ms = -1"), ".timeout_ms: must be milliseconds"),
        (with("timeout_ms = \"sk-secret\""), ".timeout_ms: must be milliseconds"),
        (with("timeout_ms = 1500001"), ".timeout_ms: may be 1500000 on the lane batch"),
        (with("dispatch_delay_ms = 1.5"), ".dispatch_delay_ms: must be milliseconds, 0 to"),
        (with("concurrency = 0"), ".concurrency: must be a whole number, 1 to 1000000"),
        (
            with("concurrency = 1\nconcurrency_per_organization = 2"),
            "e.toml:5: endpoint[/v1/sum].concurrency_per_organization: must not be more",
        ),
        (with("retry = 3"), ".retry: must be a table"),
        (with("retry.attempts = 0"), ".retry.attempts: must be a whole number, 1 to 100"),
        (with("retry.schedule_ms = []"), ".retry.schedule_ms: must have 1 to 100 delays (0 are)"),
        (with("retry.schedule_ms = [1, \"sk-secret\"]"), ".retry.schedule_ms[1]: must be milliseconds"),
        (with("retry.codes = [\"sk-secret\"]"), ".retry.codes[0]: must be a failure code: unsupported_document_type,"),
        (with("request_schema = \"none.json\""), ".request_schema: the file cannot be read: entity not found"),
        (with("request_schema = 3"), ".request_schema: must be a file's name or a table"),
        (with("request_schema.type = \"nonsense\""), ".request_schema: is not a JSON Schema: of our own making"),
        (with("request_schema.items.\"$ref\" = \"http://x.invalid/\""), "has a $ref that does not begin with #"),
        (
            with("request_schema.\"$schema\" = \"http://json-schema.org/draft-04/schema#\""),
            "neither draft 2020-12 nor draft-07",
        ),
        (with("request_schema.default = 1979-05-27"), "has a date without quotes"),
        (with("request_schema.default = inf"), "has a number that JSON has not"),
        (
            with(&format!("request_schema.description = \"{}\"", "a".repeat(262_144))),
            "may have 262144 bytes (262162 bytes)",
        ),
    ]);
}

#[test]
fn mistakes_of_executors_and_upstreams_are_told() {
    assert_told(&[
        (
            "[[endpoint]]\npath = \"/v1/sum\"\nexecutor = \"http\"".into(),
            "e.toml:3: endpoint[/v1/sum].executor: http needs an upstream",
        ),
        ("[[endpoint]]\npath = \"/v1/sum\"\nupstream.url = \"http://x\"".into(), "executor = \"http\" is missing"),
        (
            "[[endpoint]]\npath = \"/v1/sum\"\nexecutor = \"documents\"".into(),
            "the document engine executes /v1/documents/extract, /v1/documents/parse, /v1/documents/split, /v1/documents/split/generate_config, /v1/documents/classify, /v1/schemas/generate only",
        ),
        (
            "[[endpoint]]\npath = \"/v1/sum\"\nexecutor = \"sk-secret\"".into(),
            "must be one of documents, http (9 characters)",
        ),
        (
            "[[endpoint]]\npath = \"/v1/sum\"\nexecutor = \"http\"\nupstream.redirects = 0".into(),
            ".upstream: has no url",
        ),
        (to("redirects = 11"), ".upstream.redirects: must be a whole number, 0 to 10"),
        (to("response_max_bytes = 0"), ".upstream.response_max_bytes: must be a whole number, 1 to"),
        (to("retry_statuses = [200]"), ".upstream.retry_statuses[0]: must be a status, 300 to 599, or"),
        (to("retry_statuses = [\"6xx\"]"), ".upstream.retry_statuses[0]: must be a status"),
        (to("proxy = \"socks5://sk-secret\""), ".upstream.proxy: must be http:// or https://"),
        (to("ca_file = \"none.pem\""), ".upstream.ca_file: the file cannot be read"),
        (
            to("ca_file = \"/dev/null\""),
            ".upstream.ca_file: the file must hold certificates in PEM, and nothing else (0 bytes)",
        ),
        (to("header = 3"), ".upstream: has an unknown key of 6 characters: did you mean headers?"),
        (to("headers.\"a b\" = \"x\""), ".upstream.headers: has a name that no header can have (3 characters)"),
        (to("headers.Content-Type = \"x\""), ".upstream.headers.content-type: is set by Quire itself"),
        (to("headers.Quire-Attempt = \"x\""), ".upstream.headers.quire-attempt: is set by Quire itself"),
        (to("headers.x-a = \"x\"\nheaders.X-A = \"y\""), ".upstream.headers.x-a: is there twice"),
        (
            to("headers.x-a = \"${BROKEN}\""),
            ".upstream.headers.x-a: must have up to 16384 bytes and no control character (9 bytes)",
        ),
        (to("headers.x-a = \"${NONE}\""), ".upstream.headers.x-a: refers to the variable NONE, which is not set"),
        (to("headers.x-a = \"${QUIRE_DATABASE_URL}\""), "settings of Quire itself cannot be sent elsewhere"),
        (to("headers.x-a = \"${KEY\""), "has a ${ without its }"),
        (to("headers.x-a = \"${a-b}\""), "refers to a name that no variable can have"),
        ("[[endpoint]]\npath = \"/v1/sum\npath".into(), "e.toml:2: "),
        ("a = 1\na = 1".into(), "e.toml:2: duplicate key"),
    ]);
}

#[test]
fn urls_of_upstreams_are_told_by_their_size() {
    for url in ["ftp://x", "nonsense", "http://", "http://user:sk-secret@x", "https://x/#sk-secret", "", "data:x"] {
        let text = format!("[[endpoint]]\npath = \"/v1/sum\"\nexecutor = \"http\"\nupstream.url = \"{url}\"");
        let told = registry(&text).expect_err(url).to_string();
        let sized = format!("({} characters)", url.len());
        assert!(told.contains(".upstream.url: must be http") && told.contains(&sized), "{url}: {told}");
        assert!(!told.contains("sk-secret"), "{told}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_the_lines() {
    let text =
        to("redirects = 99\n") + &with("lane = \"x\"\ntimeout_ms = 0\nnonsense = 1").replace("/v1/sum", "/v1/other");
    let lines: Vec<_> = registry(&text).unwrap_err().all.iter().filter_map(|mistake| mistake.line).collect();
    assert_eq!(lines, [7, 11, 12, 13]);
}

#[test]
fn a_file_that_is_nothing_but_mistakes_is_told_in_part() {
    let text = (0..20_000).fold(String::new(), |text, key| text + &format!("k{key} = 1\n"));
    let told = registry(&text).unwrap_err();
    assert_eq!(told.all.len(), 101);
    assert_eq!(told.all[100].rule, "19900 more mistakes are not told");
    let long = registry(&format!("{} = 1", "k".repeat(4_000_000))).unwrap_err();
    assert!(long.to_string().contains("unknown key of 4000000 characters: there are endpoint"));
}

/// A file that uses every key, with secrets wherever one may stand.
const WHOLE: &str = r#"
[[endpoint]]
path = "/v1/sum"
executor = "http"
lane = "long"
timeout_ms = 7200000
dispatch_delay_ms = 20
concurrency = 8
concurrency_per_organization = 2
request_schema = { type = "object", maxProperties = 3 }
[endpoint.retry]
attempts = 3
schedule_ms = [1000, 5000]
codes = ["attempt_timed_out"]
[endpoint.upstream]
url = "https://sum.internal:9000/run?key=sk-secret"
connect_timeout_ms = 100
request_max_bytes = 10
response_max_bytes = 20
retry_statuses = [409, "5xx"]
retry_after_max_ms = 0
redirects = 1
proxy = "http://user:sk-secret@proxy:3128"
[endpoint.upstream.headers]
authorization = "Bearer sk-secret"
"#;

#[test]
fn no_damage_to_a_file_shows_its_secrets() {
    assert!(registry(WHOLE).is_ok());
    let mut refused = 0;
    let mut read = |text: &str| {
        if let Err(mistakes) = registry(text) {
            refused += 1;
            let told = mistakes.to_string();
            assert!(!told.contains("sk-secret"), "{text}\n{told}");
            assert!(!mistakes.all.is_empty() && told.starts_with("e.toml"), "{told}");
        }
    };
    for (at, _) in WHOLE.char_indices() {
        read(&WHOLE[..at]);
        read(&format!("{}{}", &WHOLE[..at], &WHOLE[at + 1..]));
        for letter in ["\"", "'", "\n", "[", "}", "=", "\u{e9}", "\0", "${"] {
            read(&format!("{}{letter}{}", &WHOLE[..at], &WHOLE[at..]));
        }
    }
    // Every value by values of every type.
    let is_key = |line: &&str| line.contains(" = ");
    for line in WHOLE.lines().filter(is_key) {
        let key = line.split(" = ").next().unwrap();
        for value in
            ["3", "-3", "1.5", "true", "\"sk-secret\"", "[\"sk-secret\"]", "{ a = \"sk-secret\" }", "sk-secret"]
        {
            read(&WHOLE.replace(line, &format!("{key} = {value}")));
        }
    }
    assert!(refused > 1_000, "{refused} files were refused");
}

#[test]
fn schemas_are_only_so_deep() {
    let deep = |depth: usize| {
        let schema = (0..depth).fold(Value::Bool(true), |inner, _| serde_json::json!({ "not": inner }));
        let file = std::env::temp_dir().join(format!("quire-schema-{}-{depth}.json", std::process::id()));
        std::fs::write(&file, schema.to_string()).unwrap();
        let read = registry(&with(&format!("request_schema = \"{}\"", file.display())));
        std::fs::remove_file(file).unwrap();
        read.map(|_| ()).map_err(|mistakes| mistakes.to_string())
    };
    assert_eq!(deep(64), Ok(()));
    assert!(deep(65).unwrap_err().contains("may be 64 objects and lists deep"));
}

#[test]
fn endpoints_are_only_so_many() {
    let text =
        |count: usize| (0..count).fold(String::new(), |text, n| text + &format!("[[endpoint]]\npath = \"/{n}\"\n"));
    assert_eq!(registry(&text(1_000)).unwrap().iter().count(), 1_015);
    assert!(registry(&text(1_001)).unwrap_err().to_string().contains("there may be 1000 endpoints (1001 are)"));
}

#[test]
fn a_file_that_is_not_there_or_is_no_text_is_told() {
    let around = Surroundings { variables: &|_| None, schema: &|_| Ok(()) };
    let told = |file: &str| read(Path::new(file), around).unwrap_err().to_string();
    assert_eq!(told("/nowhere/e.toml"), "/nowhere/e.toml: cannot be read: entity not found");
    assert_eq!(told("/dev/zero"), "/dev/zero: may have 4194304 bytes and has more");
}

#[test]
fn what_has_changed_is_told_by_path() {
    let before = registry(&(with("") + &with("").replace("/v1/sum", "/v1/old"))).unwrap();
    let after = registry(&(to("headers.x-key = \"1\"") + "\n" + &with("").replace("/v1/sum", "/v1/new"))).unwrap();
    let changes = Changes::between(&before, &after);
    let paths = |path: &str| vec![path.to_owned()];
    assert_eq!(changes.changed, paths("/v1/sum"));
    assert_eq!((changes.added, changes.removed), (paths("/v1/new"), paths("/v1/old")));
    assert_eq!(Changes::between(&after, &after.clone()), Changes { endpoints: 17, ..Changes::default() });
}
