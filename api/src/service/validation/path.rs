//! JSON paths for people: `$.request.document["file name"]`.

use jsonschema::paths::{Location, LocationSegment};

/// Letters of a member's name that a path shows: names come from the client and may be of any size.
const MAX_NAME_CHARS: usize = 64;

/// The path of a member of `parent`.
pub(super) fn member(parent: &str, name: &str) -> String {
    let plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.len() <= MAX_NAME_CHARS
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain {
        return format!("{parent}.{name}");
    }
    let shown: String = name.chars().take(MAX_NAME_CHARS).collect();
    let more = if shown.len() < name.len() { "..." } else { "" };
    format!("{parent}[{:?}]", shown + more)
}

/// The path of what `location` points at, below `root`.
pub(super) fn located(root: &str, location: &Location) -> String {
    location.iter().fold(root.to_owned(), |path, segment| match segment {
        LocationSegment::Property(name) => member(&path, &name),
        LocationSegment::Index(index) => format!("{path}[{index}]"),
    })
}
