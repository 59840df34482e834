//! One request: sent, redirected as far as the operator allows, and what went wrong with it.

use std::error::Error;

use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Body, Client, Response, Url};
use shared::domain::{Failure, FailureCode, Upstream};
use shared::payload::Restored;

use super::body::Outgoing;
use super::headers::Headers;
use super::progress::Progress;

/// Posts the request. The answer is the last one: also a redirect, if it is one too many.
pub(super) async fn send(
    client: &Client,
    upstream: &Upstream,
    headers: &Headers,
    body: &Restored,
    progress: &Progress,
) -> Result<Response, Failure> {
    let mut url = upstream.url.clone();
    let mut redirects = upstream.redirects;
    loop {
        let outgoing = Outgoing::new(body.clone(), progress.clone());
        let request = client.post(url.clone()).headers(for_origin(headers, upstream, &url)).body(Body::wrap(outgoing));
        // The URL's query may hold a secret.
        let answer = request.send().await.map_err(|error| failure(&error.without_url(), upstream, progress))?;
        progress.answered(answer.status().as_u16());
        match target(&url, &answer).filter(|_| redirects > 0) {
            Some(next) => url = next,
            None => return Ok(answer),
        }
        redirects -= 1;
    }
}

/// The operator's headers are for the service that the operator has named, and not for whoever it points to.
fn for_origin(headers: &Headers, upstream: &Upstream, url: &Url) -> HeaderMap {
    let mut all = headers.ours.clone();
    if url.origin() == upstream.url.origin() {
        all.extend(headers.of_operator.clone());
    }
    all
}

/// Where a redirect leads that asks for the same request again. The others ask for a `GET`, which would be another
/// request; and what was sent encrypted is not sent in clear.
fn target(from: &Url, answer: &Response) -> Option<Url> {
    let again = matches!(answer.status().as_u16(), 307 | 308);
    let location = answer.headers().get(LOCATION).filter(|_| again)?;
    let to = from.join(location.to_str().ok()?).ok()?;
    matches!((from.scheme(), to.scheme()), ("http", "http" | "https") | ("https", "https")).then_some(to)
}

/// No connection, or one that broke: at most once in a while, so it is tried again.
pub(super) fn failure(error: &(dyn Error + 'static), upstream: &Upstream, progress: &Progress) -> Failure {
    let origin = upstream.origin();
    let error_of_http = error.downcast_ref::<reqwest::Error>();
    let what = match progress.status() {
        Some(status) => format!("the connection to {origin} broke within its answer {status}"),
        None if error_of_http.is_some_and(reqwest::Error::is_connect) => {
            format!("no connection to {origin} could be made")
        }
        None if error_of_http.is_some_and(|error| !error.is_builder()) => {
            format!("the connection to {origin} broke before an answer")
        }
        None => format!("no request to {origin} can be made with its settings"),
    };
    let details = serde_json::json!({ "upstream": origin, "progress": progress.word() });
    let mut failure = Failure::new(FailureCode::UpstreamUnavailable, what).because(error).with_details(details);
    if let Some(cause) = failure.causes.last() {
        failure.message = format!("{}: {cause}", failure.message);
    }
    failure
}
