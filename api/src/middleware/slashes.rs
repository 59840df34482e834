//! One slash where a client wrote several: a base URL that ends in one is not stripped by every SDK (contract A.1).

use http::Request;
use http::uri::{PathAndQuery, Uri};

/// The request with single slashes in its path.
pub(crate) fn collapse_slashes<B>(mut request: Request<B>) -> Request<B> {
    if let Some(uri) = collapsed(request.uri()) {
        *request.uri_mut() = uri;
    }
    request
}

/// The changed URI; `None` when nothing has to change.
fn collapsed(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    if !path.contains("//") {
        return None;
    }
    let mut text = String::with_capacity(path.len());
    for letter in path.chars() {
        if !(letter == '/' && text.ends_with('/')) {
            text.push(letter);
        }
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
        ] {
            let request = Request::builder().uri(sent).body(()).unwrap();
            assert_eq!(collapse_slashes(request).uri(), routed);
        }
    }
}
