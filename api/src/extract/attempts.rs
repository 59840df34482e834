//! The query of a list of attempts.

use axum::extract::FromRequestParts;
use http::request::Parts;

use crate::app::App;
use crate::error::ApiError;
use crate::service::ServiceError;
use crate::service::jobs::AttemptsWanted;
use crate::service::validation::Violation;

/// Attempts on a page, at most, and unless said.
const MAX_LIMIT: u16 = 100;
const DEFAULT_LIMIT: u16 = 20;

/// `after`, the number of an attempt, and `limit`. Other names are ignored.
#[derive(Debug)]
pub(crate) struct AttemptsQuery(pub(crate) AttemptsWanted);

impl FromRequestParts<App> for AttemptsQuery {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        parse(parts.uri.query().unwrap_or_default()).map(Self).map_err(|found| ServiceError::Invalid(found).into())
    }
}

fn parse(query: &str) -> Result<AttemptsWanted, Vec<Violation>> {
    let (mut after, mut limit) = (None, None);
    let mut violations = Vec::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let (field, least, most) = match name.as_ref() {
            "after" => (&mut after, 0, i32::MAX),
            "limit" => (&mut limit, 1, i32::from(MAX_LIMIT)),
            _ => continue,
        };
        let mut refuse = |rule, message| violations.push(Violation::new(format!("query.{name}"), rule, message));
        match value.parse().ok().filter(|number| (least..=most).contains(number)) {
            None => refuse("range", format!("must be a whole number, {least} to {most}")),
            Some(_) if field.is_some() => refuse("maxItems", "must be given once".to_owned()),
            Some(number) => *field = Some(number),
        }
    }
    let limit = limit.and_then(|limit| u16::try_from(limit).ok()).unwrap_or(DEFAULT_LIMIT);
    if violations.is_empty() { Ok(AttemptsWanted { after: after.unwrap_or(0), limit }) } else { Err(violations) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_behind_an_attempt_and_has_a_limit() {
        let page = |query| parse(query).map(|wanted| (wanted.after, wanted.limit)).unwrap();
        assert_eq!(page(""), (0, DEFAULT_LIMIT));
        assert_eq!(page("limit=100&after=7&access_token=x"), (7, 100));
        assert_eq!(page("after=2147483647&limit=1"), (i32::MAX, 1));
    }

    #[test]
    fn every_number_out_of_its_range_is_named() {
        let violations = parse("after=-1&limit=101").unwrap_err();
        let paths: Vec<_> = violations.iter().map(|violation| violation.path.as_str()).collect();
        assert_eq!(paths, ["query.after", "query.limit"]);
        for query in ["limit=0", "limit=", "limit=x", "after=2147483648", "after=1.5", "limit=2&limit=3"] {
            assert_eq!(parse(query).unwrap_err().len(), 1, "{query}");
        }
    }
}
