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

/// The path of what a JSON pointer leads to, below `root`. A member whose name is a number looks like an element.
pub(crate) fn of_pointer(root: &str, pointer: &str) -> String {
    pointer.split('/').skip(1).fold(root.to_owned(), |path, name| {
        let is_index = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
        if is_index { format!("{path}[{name}]") } else { member(&path, &name.replace("~1", "/").replace("~0", "~")) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_becomes_a_path() {
        assert_eq!(of_pointer("$.request", ""), "$.request");
        assert_eq!(of_pointer("$.request", "/documents/12/url"), "$.request.documents[12].url");
        assert_eq!(of_pointer("$.response", "/a~1b~0c/"), "$.response[\"a/b~c\"][\"\"]");
    }
}
