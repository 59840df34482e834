//! Which payloads a retrieve asks for.

use axum::extract::FromRequestParts;
use http::request::Parts;

use crate::app::App;
use crate::error::ApiError;
use crate::service::ServiceError;
use crate::service::jobs::Include;
use crate::service::validation::Violation;

/// `include_request` and `include_response`, both `false` unless they are `true`. Other names are ignored.
#[derive(Debug)]
pub(crate) struct IncludeQuery(pub(crate) Include);

impl FromRequestParts<App> for IncludeQuery {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        parse(parts.uri.query().unwrap_or_default()).map(Self).map_err(|found| ServiceError::Invalid(found).into())
    }
}

fn parse(query: &str) -> Result<Include, Vec<Violation>> {
    let mut include = Include::default();
    let mut violations = Vec::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let field = match name.as_ref() {
            "include_request" => &mut include.request,
            "include_response" => &mut include.response,
            _ => continue,
        };
        match value.as_ref() {
            "true" => *field = true,
            "false" => *field = false,
            _ => violations.push(Violation::new(format!("query.{name}"), "type", "must be true or false")),
        }
    }
    if violations.is_empty() { Ok(include) } else { Err(violations) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_are_read_only_when_asked_for() {
        assert_eq!(parse(""), Ok(Include::default()));
        assert_eq!(parse("include_request=true&access_token=x"), Ok(Include { request: true, response: false }));
        assert!(parse("include_response=true&include_request=false").unwrap().response);
    }

    #[test]
    fn every_value_that_is_no_boolean_is_named() {
        let violations = parse("include_request=1&include_response=").unwrap_err();
        let paths: Vec<_> = violations.iter().map(|violation| violation.path.as_str()).collect();
        assert_eq!(paths, ["query.include_request", "query.include_response"]);
    }
}
