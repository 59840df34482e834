//! `quire-api keys`: create, list, revoke.

use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use shared::config::Env;
use shared::domain::{ApiKeyId, Scopes};
use shared::store::api_keys::ApiKey;

use super::listing::{Listed, listing};
use super::{CommandError, Format, check_names, store_of};
use crate::service::keys;

/// A key that is to be made.
#[derive(Debug)]
pub struct NewKey {
    /// Name of its owner, made if there is none.
    pub organization: String,
    /// A name for people.
    pub name: String,
    /// What it may do.
    pub scopes: Scopes,
}

/// Makes a key. The answer is its secret, which is kept nowhere; as JSON it is the rest of the key too.
///
/// # Errors
/// [`CommandError`].
pub async fn create_key(env: &Env, new: &NewKey, format: Format) -> Result<String, CommandError> {
    check_names(&[&new.organization, &new.name])?;
    let created = keys::create_key(&store_of(env).await?, &new.organization, &new.name, new.scopes).await?;
    let secret = created.secret.expose_secret();
    Ok(match format {
        Format::Text => secret.to_owned(),
        Format::Json => json!({
            "id": created.id,
            "organization_id": created.organization,
            "organization": new.organization,
            "name": new.name,
            "scopes": new.scopes.names(),
            "secret": secret,
        })
        .to_string(),
    })
}

/// The keys of one organization or of all.
///
/// # Errors
/// [`CommandError`].
pub async fn list_keys(env: &Env, organization: Option<&str>, format: Format) -> Result<String, CommandError> {
    let keys = store_of(env).await?.list_api_keys(organization).await?;
    Ok(listing(&keys, format))
}

/// Makes a key useless for good.
///
/// # Errors
/// [`CommandError::NoSuchKey`] when there is none of this id.
pub async fn revoke_key(env: &Env, id: ApiKeyId) -> Result<String, CommandError> {
    if !store_of(env).await?.revoke_api_key(id).await? {
        return Err(CommandError::NoSuchKey(id));
    }
    let forgotten = env.millis("QUIRE_API_KEY_CACHE_MS").map_err(shared::setup::SetupError::from)?;
    Ok(format!("{id} is revoked; an api that has just used it forgets it within {} ms", forgotten.as_millis()))
}

impl Listed for ApiKey {
    const COLUMNS: &'static [&'static str] =
        &["ID", "ORGANIZATION", "NAME", "KEY", "SCOPES", "CREATED", "LAST USED", "REVOKED"];

    fn cells(&self) -> Vec<String> {
        let time = |at: &Option<String>| at.clone().unwrap_or_else(|| "-".to_owned());
        vec![
            self.id.to_string(),
            self.organization_name.clone(),
            self.name.clone(),
            format!("{}...", self.prefix),
            self.scopes.names().join(","),
            self.created_at.clone(),
            time(&self.last_used_at),
            time(&self.revoked_at),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "organization_id": self.organization,
            "organization": self.organization_name,
            "name": self.name,
            "prefix": self.prefix,
            "scopes": self.scopes.names(),
            "created_at": self.created_at,
            "last_used_at": self.last_used_at,
            "revoked_at": self.revoked_at,
        })
    }
}
