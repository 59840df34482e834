//! Rules of the code that no compiler checks.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tests::report;

/// Lines of one file, at most.
const MAX_LINES: usize = 450;
/// Lines from which a file is named in the output, so that somebody divides it before it must be.
const WISHED_LINES: usize = 400;
/// Module names that say nothing.
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "common", "helpers", "helper", "misc"];
/// Words that stand for work that was not done. Written in two parts: this file is searched too.
const BANNED_WORDS: [&str; 5] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("HA", "CK"), concat!("lorem", " ipsum")];

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

pub(super) struct Source {
    /// Relative to the workspace, with forward slashes.
    pub(super) path: String,
    pub(super) text: String,
}

/// Every file of ours with one of these extensions.
pub(super) fn sources(extensions: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in ["api", "shared", "tests", "worker", "deploy"] {
        collect(&root().join(folder), extensions, &mut found);
    }
    assert!(found.len() > 5, "the sources were not found");
    found
}

fn collect(folder: &Path, extensions: &[&str], found: &mut Vec<Source>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if path.is_dir() {
            collect(&path, extensions, found);
        } else if extensions.contains(&extension) {
            let relative = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push(Source { path: relative, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn files_fit_in_a_head() {
    let mut too_long = Vec::new();
    for source in sources(&["rs", "sql", "sh"]) {
        let lines = source.text.lines().count();
        if lines > MAX_LINES {
            too_long.push(format!("{}: {lines} lines", source.path));
        } else if lines > WISHED_LINES {
            report(format_args!("{} has {lines} lines: divide it soon", source.path));
        }
    }
    assert_none(&format!("files of more than {MAX_LINES} lines"), &too_long);
}

#[test]
fn no_work_is_left_undone_in_a_comment() {
    let mut found = Vec::new();
    for source in sources(&["rs", "sql", "sh", "toml", "yaml"]) {
        for (number, line) in source.text.lines().enumerate() {
            for word in BANNED_WORDS.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{}:{}: {word}", source.path, number + 1));
            }
        }
    }
    assert_none("words that stand for work that was not done", &found);
}

#[test]
fn every_file_of_sql_says_its_name_or_its_purpose_first() {
    let nameless: Vec<String> = sources(&["sql"])
        .into_iter()
        .filter(|source| !source.text.starts_with("-- "))
        .map(|source| source.path)
        .collect();
    assert_none("files of SQL that do not begin with a comment", &nameless);
    for source in sources(&["sql"]).iter().filter(|source| source.path.contains("/store/")) {
        let stem = Path::new(&source.path).file_stem().unwrap().to_string_lossy();
        let first = source.text.lines().next().unwrap_or_default();
        assert!(first.ends_with(&format!(".{stem}")), "{}: begins with {first:?}", source.path);
    }
}

#[test]
fn modules_are_named_after_what_they_are() {
    let empty: Vec<String> = sources(&["rs"])
        .into_iter()
        .map(|source| source.path)
        .filter(|path| path.trim_end_matches(".rs").split('/').any(|part| EMPTY_NAMES.contains(&part)))
        .collect();
    assert_none("modules whose names say nothing", &empty);
}

/// A rule of imports: files whose path begins so may not name this.
struct Arrow {
    files: &'static str,
    banned: &'static [&'static str],
}

const ARROWS: &[Arrow] = &[
    Arrow {
        files: "shared/src/domain/",
        banned: &[
            "crate::store",
            "crate::broker",
            "crate::blob",
            "crate::config",
            "crate::telemetry",
            "crate::contract",
            "crate::payload",
            "crate::setup",
            "crate::endpoints",
            "tokio",
            "tokio_postgres",
            "lapin",
            "reqwest",
        ],
    },
    Arrow {
        files: "shared/src/endpoints/",
        banned: &[
            "crate::store",
            "crate::broker",
            "crate::blob",
            "crate::config",
            "crate::telemetry",
            "crate::contract",
            "crate::payload",
            "crate::setup",
            "tokio_postgres",
            "lapin",
        ],
    },
    Arrow {
        files: "shared/src/store/",
        banned: &[
            "crate::broker",
            "crate::blob",
            "crate::config",
            "crate::telemetry",
            "crate::contract",
            "crate::payload",
            "crate::setup",
            "lapin",
        ],
    },
    Arrow {
        files: "shared/src/broker/",
        banned: &[
            "crate::store",
            "crate::blob",
            "crate::config",
            "crate::telemetry",
            "crate::contract",
            "crate::payload",
            "crate::setup",
            "tokio_postgres",
        ],
    },
    Arrow {
        files: "shared/src/blob/",
        banned: &[
            "crate::store",
            "crate::broker",
            "crate::config",
            "crate::telemetry",
            "crate::contract",
            "crate::payload",
            "crate::setup",
        ],
    },
    Arrow {
        files: "shared/src/config/",
        banned: &[
            "crate::store",
            "crate::broker",
            "crate::blob",
            "crate::telemetry",
            "crate::contract",
            "crate::payload",
            "crate::setup",
        ],
    },
    Arrow {
        files: "shared/src/telemetry/",
        banned: &[
            "crate::store",
            "crate::broker",
            "crate::blob",
            "crate::config",
            "crate::contract",
            "crate::payload",
            "crate::setup",
        ],
    },
    Arrow {
        files: "shared/src/contract/",
        banned: &[
            "crate::store",
            "crate::broker",
            "crate::blob",
            "crate::config",
            "crate::telemetry",
            "crate::payload",
            "crate::setup",
        ],
    },
    Arrow { files: "shared/", banned: &["axum"] },
    Arrow { files: "api/src/routes/", banned: &["shared::store", "crate::store", "tokio_postgres", "lapin"] },
    Arrow { files: "api/src/service/", banned: &["axum"] },
    Arrow { files: "worker/", banned: &["api::"] },
    Arrow { files: "worker/documents/", banned: &["shared", "tokio", "tokio_postgres", "lapin", "reqwest", "axum"] },
];

#[test]
fn imports_run_one_way() {
    let mut found = Vec::new();
    for source in sources(&["rs"]) {
        for arrow in ARROWS.iter().filter(|arrow| source.path.starts_with(arrow.files)) {
            for (number, line) in source.text.lines().enumerate() {
                for banned in arrow.banned.iter().filter(|banned| imports(line, banned)) {
                    found.push(format!("{}:{}: {banned}", source.path, number + 1));
                }
            }
        }
    }
    assert_none("imports against the arrows of docs/architecture.md", &found);
}

/// Whether a line of code imports this, or names it by its path.
fn imports(line: &str, what: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let path = if what.ends_with("::") { what.to_owned() } else { format!("{what}::") };
    let starts = |at: usize| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == ':')
    };
    code.match_indices(&path).any(|(at, _)| starts(at)) || code.trim_end().ends_with(&format!("use {what};"))
}

#[test]
fn imports_are_seen() {
    assert!(imports("use crate::store::Store;", "crate::store"));
    assert!(imports("    let x = axum::Json(1);", "axum"));
    assert!(imports("use axum;", "axum"));
    assert!(!imports("// crate::store::Store is not named here", "crate::store"));
    assert!(!imports("use shared::store_front::X;", "shared::store"));
    assert!(!imports("use my_axum::X;", "axum"));
    assert!(!imports("super::store::x()", "crate::store"));
}

/// What Cargo must not give to a crate, whatever its code imports.
#[test]
fn crates_depend_on_what_they_may() {
    let rules: [(&str, &[&str]); 4] = [
        ("worker/documents", &["shared", "api", "worker", "tokio", "tokio-postgres", "lapin", "reqwest", "axum"]),
        ("shared", &["api", "worker", "documents", "axum"]),
        ("api", &["worker", "documents"]),
        ("worker", &["api"]),
    ];
    let mut found = String::new();
    for (package, banned) in rules {
        let manifest = std::fs::read_to_string(root().join(package).join("Cargo.toml")).unwrap();
        let lines = manifest.lines().skip_while(|line| !line.starts_with("[dependencies]"));
        let names: Vec<&str> = lines
            .filter(|line| !line.starts_with(['[', '#']))
            .filter_map(|line| line.split(['.', ' ', '=']).next())
            .collect();
        for name in banned.iter().filter(|banned| names.contains(banned)) {
            writeln!(found, "{package} depends on {name}").unwrap();
        }
    }
    assert!(found.is_empty(), "{found}");
}
