//! Files that were taken out of a request or a result, as the row of the payload lists them.

use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use tokio_postgres::types::Json;

use crate::store::StoreError;

/// A file that is kept beside the text that it was taken out of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artifact {
    /// Where its base64 belongs in the kept text: bytes before it.
    pub at: u64,
    /// The JSON pointer of the string that it was taken out of.
    pub pointer: String,
    /// The object's path.
    pub object: String,
    /// Its length, decoded.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The list as it goes into the row: nothing when it is empty.
pub(super) fn to_json(artifacts: &[Artifact]) -> Option<String> {
    let text = || serde_json::to_string(artifacts).unwrap_or_else(|_| unreachable!("texts and numbers become JSON"));
    (!artifacts.is_empty()).then(text)
}

/// The list of a row.
pub(super) fn of_row(row: &Row, column: &'static str) -> Result<Vec<Artifact>, StoreError> {
    let list: Option<Json<Vec<Artifact>>> = row.try_get(column).map_err(|_| StoreError::Unknown { what: column })?;
    Ok(list.map(|Json(list)| list).unwrap_or_default())
}
