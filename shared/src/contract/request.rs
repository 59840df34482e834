//! What the requests of the contract's endpoints have in common.

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer};
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

use super::MimeData;

/// The request of some of the contract's endpoints. Unknown members are ignored, as the hosted service does.
pub trait TargetRequest: DeserializeOwned + ToSchema {
    /// The endpoints that take it.
    const ENDPOINTS: &'static [&'static str];

    /// The JSON pointer of its member that is a JSON Schema, if it has one.
    const JSON_SCHEMA: Option<&'static str> = None;

    /// Its documents, each with the JSON pointer that leads to it.
    fn documents(&self) -> Vec<(String, &MimeData)>;

    /// A rule between several members that it breaks: its JSON Schema tells those of each member.
    fn broken_rule(&self) -> Option<BrokenRule> {
        None
    }
}

/// A rule between several members of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokenRule {
    /// As the keyword of JSON Schema that says the same.
    pub rule: &'static str,
    /// The rule in words.
    pub message: &'static str,
}

/// The documents of one request, at most: what a schema is made of says little new long before.
pub const DOCUMENTS_MAX: usize = 32;

/// What one member that may be missing adds to [`TargetRequest::documents`].
pub(super) fn one(document: Option<&MimeData>) -> Vec<(String, &MimeData)> {
    document.map(|document| ("/document".to_owned(), document)).into_iter().collect()
}

/// What a list adds to [`TargetRequest::documents`].
pub(super) fn several(documents: &[MimeData]) -> impl Iterator<Item = (String, &MimeData)> {
    documents.iter().enumerate().map(|(index, document)| (format!("/documents/{index}"), document))
}

/// The model that a request without one means (contract part B).
pub(super) fn default_model() -> String {
    "retab-small".to_owned()
}

/// The resolution that a request without one means (contract part B).
pub(super) const fn default_dpi() -> u32 {
    192
}

/// One answer, without a vote on it.
pub(super) const fn default_consensus() -> u32 {
    1
}

/// A whole number, be it written 192 or 192.0: to JSON Schema, and to the hosted service, both are integers.
pub(super) fn whole_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    whole(f64::deserialize(deserializer)?)
}

/// The same, or null.
pub(super) fn whole_number_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Option::<f64>::deserialize(deserializer)?.map(whole).transpose()
}

fn whole<E: de::Error>(number: f64) -> Result<u32, E> {
    let is_whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the range of the type")]
    if is_whole { Ok(number as u32) } else { Err(E::custom("must be a whole number")) }
}

/// A job has nobody to stream to.
pub(super) fn no_stream() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::Boolean)
        .enum_values(Some([false]))
        .default(Some(false.into()))
        .description(Some("A job's answer is whole: it cannot be streamed."))
        .build()
}
