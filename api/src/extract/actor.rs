//! `Api-Key`, or `access_token` in the query: who makes the request.

use axum::extract::FromRequestParts;
use http::Method;
use http::request::Parts;
use shared::domain::Scope;

use crate::app::App;
use crate::error::ApiError;
use crate::middleware::Notes;
use crate::service::keys::Actor;

/// The header of the contract (A.9).
const API_KEY: &str = "api-key";
/// Its alternative in the query. Never logged: only the path of a request is.
const ACCESS_TOKEN: &str = "access_token";

impl FromRequestParts<App> for Actor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let secret = secret_of(parts).ok_or(ApiError::Unauthorized)?;
        let actor = app.keys.find_actor(&secret).await?.ok_or(ApiError::Unauthorized)?;
        Notes::of(parts).organization(actor.organization);
        let needed = scope_of(&parts.method);
        if actor.scopes.allow(needed) { Ok(actor) } else { Err(ApiError::Forbidden(needed)) }
    }
}

/// What a key needs for a request. Decided here and not at each route, so that no route can forget to.
fn scope_of(method: &Method) -> Scope {
    if method.is_safe() { Scope::JobsRead } else { Scope::JobsWrite }
}

/// The header counts, if there is one that says something.
fn secret_of(parts: &Parts) -> Option<String> {
    let header = parts.headers.get(API_KEY).and_then(|value| value.to_str().ok()).filter(|secret| !secret.is_empty());
    header.map(ToOwned::to_owned).or_else(|| {
        url::form_urlencoded::parse(parts.uri.query()?.as_bytes())
            .find(|(name, secret)| name == ACCESS_TOKEN && !secret.is_empty())
            .map(|(_, secret)| secret.into_owned())
    })
}
