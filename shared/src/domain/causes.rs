//! The chain of errors behind a failure, fit to be stored and shown to the job's owner.

use std::error::Error;

/// Causes that are kept of one failure; what lies deeper is left out.
const MAX_CAUSES: usize = 8;
/// Bytes of one cause that are kept.
const MAX_BYTES: usize = 500;

/// What an error and its sources say, outermost first, one line each. Of a URL the user and the query are left out: they
/// may be secret. A source that its error has repeated already is not said again.
pub(super) fn causes_of(error: &(dyn Error + 'static)) -> Vec<String> {
    let mut causes: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next.filter(|_| causes.len() < MAX_CAUSES) {
        let said = shown(&error.to_string());
        if !said.is_empty() && !causes.last().is_some_and(|last| last.ends_with(&said)) {
            causes.push(said);
        }
        next = error.source();
    }
    causes
}

fn shown(text: &str) -> String {
    // PostgreSQL has no text for NUL, and puts its own details on lines of their own.
    let line = text.trim().replace('\0', "\u{fffd}").replace('\n', "; ");
    let mut shown = without_secrets(&line);
    shown.truncate(shown.floor_char_boundary(MAX_BYTES));
    shown
}

/// The text with the users and the queries of its URLs left out.
fn without_secrets(text: &str) -> String {
    const MARK: &str = "://";
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(MARK) {
        let (before, after) = rest.split_at(at + MARK.len());
        shown.push_str(before);
        let ends = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | ')' | '>' | '`' | ',');
        let (url, behind) = after.split_at(after.find(ends).unwrap_or(after.len()));
        let path = url.find(['/', '?', '#']).unwrap_or(url.len());
        let host = url[..path].rfind('@').map_or(0, |at| at + 1);
        let query = url.find(['?', '#']).unwrap_or(url.len());
        shown.push_str(&url[host..query]);
        rest = behind;
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Layer(String, #[source] Option<Box<Layer>>);

    fn layers(texts: &[&str]) -> Layer {
        let mut texts = texts.iter().rev();
        let innermost = Layer((*texts.next().unwrap()).to_owned(), None);
        texts.fold(innermost, |inner, text| Layer((*text).to_owned(), Some(Box::new(inner))))
    }

    #[test]
    fn causes_follow_each_other_and_none_is_said_twice() {
        let error = layers(&["the call failed", "connect: refused", "refused", " ", "os\nerror"]);
        assert_eq!(causes_of(&error), ["the call failed", "connect: refused", "os; error"]);
    }

    #[test]
    fn no_chain_is_longer_or_wider_than_what_is_kept() {
        let texts: Vec<String> = (0..100).map(|number| format!("{number} {}", "\u{20ac}".repeat(1_000))).collect();
        let causes = causes_of(&layers(&texts.iter().map(String::as_str).collect::<Vec<_>>()));
        assert_eq!(causes.len(), MAX_CAUSES);
        assert!(causes.iter().all(|cause| cause.len() <= MAX_BYTES && cause.len() > MAX_BYTES - 4), "{causes:?}");
    }

    #[test]
    fn users_and_queries_of_urls_are_left_out() {
        for (text, left) in [
            ("GET https://user:pass@host:1/path?key=SECRET failed", "GET https://host:1/path failed"),
            ("at (amqp://me:p@ss@h/%2f) and http://x?a=b@c", "at (amqp://h/%2f) and http://x"),
            ("url \"http://h/a#b\": refused", "url \"http://h/a\": refused"),
            ("http://h/@me, then", "http://h/@me, then"),
            ("nothing://", "nothing://"),
            ("no address", "no address"),
        ] {
            assert_eq!(without_secrets(text), left);
        }
    }
}
