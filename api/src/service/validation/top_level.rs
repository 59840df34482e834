//! The members of a create, not yet looked into.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::{Malformed, Refusal, Violation};

/// The members that a create may have, as the client wrote them. Others are ignored (contract A.2); of a member that is
/// there twice, the last counts, as in most parsers.
#[derive(Debug, Default)]
pub(super) struct TopLevel<'a> {
    pub(super) endpoint: Option<&'a RawValue>,
    pub(super) request: Option<&'a RawValue>,
    pub(super) metadata: Option<&'a RawValue>,
    pub(super) run_at: Option<&'a RawValue>,
}

impl<'a> TopLevel<'a> {
    pub(super) fn parse(body: &'a [u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(body).map_err(|error| match error.classify() {
            Category::Data => Violation::new("$", "type", "must be an object").into(),
            _ => Refusal::Malformed(malformed(&error)),
        })
    }
}

/// What the parser says, without its own words for the place.
fn malformed(error: &serde_json::Error) -> Malformed {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let reason = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text).to_owned();
    Malformed { reason, line, column }
}

#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Member {
    Endpoint,
    Request,
    Metadata,
    RunAt,
    #[serde(other)]
    Unknown,
}

impl<'de: 'a, 'a> Deserialize<'de> for TopLevel<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // By hand, because a derived one would take an array for its members too.
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = TopLevel<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = TopLevel::default();
                while let Some(member) = map.next_key()? {
                    match member {
                        Member::Endpoint => members.endpoint = Some(map.next_value()?),
                        Member::Request => members.request = Some(map.next_value()?),
                        Member::Metadata => members.metadata = Some(map.next_value()?),
                        Member::RunAt => members.run_at = Some(map.next_value()?),
                        Member::Unknown => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(members)
            }
        }

        deserializer.deserialize_map(Members)
    }
}
