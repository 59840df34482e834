//! Formats and closed vocabularies of the wire, as the OpenAPI document shows them. The values themselves are plain texts.

use std::borrow::Cow;

use shared::domain::{FailureCode, Stage, Status, built_in};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// What every id is but its prefix.
const LETTERS: &str = "[-0-9A-Z_a-z]{21}$";
/// What no text may hold: U+0000.
pub(crate) const NO_NUL: &str = "^[^\\u0000]*$";

/// Letters of an id, prefix and all, where the prefix has four.
const ID_LETTERS: usize = 25;

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))
}

macro_rules! words {
    ($($(#[doc = $about:literal])+ $name:ident = $schema:expr;)+) => {$(
        $(#[doc = $about])+
        pub(crate) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                $schema.description(Some(concat!($($about,)+).trim())).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

words! {
    /// The id of a job; ids sort as jobs were created.
    JobIdText = id("job_", "job_0PtoP0n-zhx5Kd3cN2kQa");
    /// The id of an organization, the owner of keys and jobs.
    OrganizationIdText = id("org_", "org_0PtoOwlJ1RzSqk1mXqg6V");
    /// Where a job is in its life.
    JobStatus = text().enum_values(Some(Status::ALL.map(Status::as_str)));
    /// A target endpoint in force.
    EndpointPath = text().enum_values(Some(built_in().into_iter().map(|endpoint| endpoint.path.to_string())));
    /// A target endpoint that is executed here. Any other one is answered `endpoint_not_available`.
    ExecutedEndpointPath = text().enum_values(Some(executed()));
    /// How an attempt ended. `lost`: its worker went away; `released`: given back uncounted.
    AttemptOutcome = text().enum_values(Some(["completed", "failed", "retried", "cancelled", "lost", "released"]));
    /// Why an attempt failed.
    JobFailureCode = text().enum_values(Some(FailureCode::ALL.iter().map(|code| code.as_str())));
    /// What an attempt is busy with.
    ProgressStage = text().enum_values(Some(Stage::ALL.map(Stage::as_str)));
    /// Up to 16 notes of the client's own: keys have up to 64 characters, values up to 512.
    Metadata = ObjectBuilder::new()
        .property_names(Some(Schema::Object(text().max_length(Some(64)).pattern(Some(NO_NUL)).build())))
        .additional_properties(Some(text().max_length(Some(512)).pattern(Some(NO_NUL))))
        .max_properties(Some(16))
        .examples([serde_json::json!({ "batch": "2026-09" })]);
}

fn id(prefix: &str, example: &str) -> ObjectBuilder {
    let pattern = format!("^{prefix}{LETTERS}");
    text().pattern(Some(pattern)).min_length(Some(ID_LETTERS)).max_length(Some(ID_LETTERS)).examples([example])
}

fn executed() -> impl Iterator<Item = String> {
    built_in().into_iter().filter(|endpoint| endpoint.executor.is_some()).map(|endpoint| endpoint.path.to_string())
}

#[cfg(test)]
mod tests {
    use shared::domain::{JobId, OrganizationId};

    #[test]
    fn the_examples_are_ids() {
        assert!("job_0PtoP0n-zhx5Kd3cN2kQa".parse::<JobId>().is_ok());
        assert!("org_0PtoOwlJ1RzSqk1mXqg6V".parse::<OrganizationId>().is_ok());
    }
}
