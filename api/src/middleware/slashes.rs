//! One slash where a client wrote several, and none at the end: a base URL that ends in one is not stripped by every SDK
//! (contract A.1), and the hosted service sends a path that ends in one to the same path without.

use http::Request;
use http::uri::{PathAndQuery, Uri};

/// The request with single slashes in its path, and none at its end.
pub(crate) fn tidy_slashes<B>(mut request: Request<B>) -> Request<B> {
    if let Some(uri) = tidied(request.uri()) {
        *request.uri_mut() = uri;
    }
    request
}

/// The changed URI; `None` when nothing has to change.
fn tidied(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    let ends_in_one = path.len() > 1 && path.ends_with('/');
    if !(path.contains("//") || ends_in_one) {
        return None;
    }
    let mut text = String::with_capacity(path.len());
    for letter in path.chars() {
        if !(letter == '/' && text.ends_with('/')) {
            text.push(letter);
        }
    }
    if text.len() > 1 && text.ends_with('/') {
        text.pop();
    }
    if let Some(query) = uri.query() {
        text.extend(["?", query]);
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(text).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_path_changes() {
        for (sent, routed) in [
            ("//v1/jobs", "/v1/jobs"),
            ("/v1//jobs///a?x=//y", "/v1/jobs/a?x=//y"),
            ("/v1/jobs?x=//y", "/v1/jobs?x=//y"),
            ("//", "/"),
            ("/v1/jobs/", "/v1/jobs"),
            ("/v1/jobs//?x=/", "/v1/jobs?x=/"),
            ("/", "/"),
        ] {
            let request = Request::builder().uri(sent).body(()).unwrap();
            assert_eq!(tidy_slashes(request).uri(), routed);
        }
    }
}
