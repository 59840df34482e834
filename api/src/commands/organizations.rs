//! `quire-api organizations`: create, list.

use serde_json::{Value, json};
use shared::config::Env;
use shared::store::organizations::Organization;

use super::listing::{Listed, listing};
use super::{CommandError, Format, check_names, store_of};

/// The id of the organization of this name, made if there is none.
///
/// # Errors
/// [`CommandError`].
pub async fn create_organization(env: &Env, name: &str, format: Format) -> Result<String, CommandError> {
    check_names(&[name])?;
    let id = store_of(env).await?.ensure_organization(name).await?;
    Ok(match format {
        Format::Text => id.to_string(),
        Format::Json => json!({ "id": id, "name": name }).to_string(),
    })
}

/// All organizations.
///
/// # Errors
/// [`CommandError`].
pub async fn list_organizations(env: &Env, format: Format) -> Result<String, CommandError> {
    let organizations = store_of(env).await?.list_organizations().await?;
    Ok(listing(&organizations, format))
}

impl Listed for Organization {
    const COLUMNS: &'static [&'static str] = &["ID", "NAME", "CREATED", "KEYS"];

    fn cells(&self) -> Vec<String> {
        vec![self.id.to_string(), self.name.clone(), self.created_at.clone(), self.keys.to_string()]
    }

    fn json(&self) -> Value {
        json!({ "id": self.id, "name": self.name, "created_at": self.created_at, "keys": self.keys })
    }
}
