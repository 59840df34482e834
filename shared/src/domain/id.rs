//! Identifiers: a prefix and 21 characters that hold the 122 free bits of a UUIDv7.
//!
//! The alphabet is in ASCII order, so the text sorts by creation time exactly as the UUID does, and the text can be
//! turned back into the UUID: no second column, no second index.

use std::fmt;
use std::str::FromStr;

use rand::RngExt as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// 64 letters in ASCII order; the set is the one of nanoid, which the contract's sample ids use.
const ALPHABET: &[u8; 64] = b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
/// 122 bits in letters of 6 bits.
const LETTERS: usize = 21;

/// Why a text is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The prefix names another kind of thing, or none.
    #[error("an id here starts with {expected:?}")]
    Prefix {
        /// The prefix that was expected, underscore included.
        expected: &'static str,
    },
    /// The part after the prefix is not 21 letters of the alphabet that hold 122 bits.
    #[error("an id ends in {LETTERS} letters of A-Z a-z 0-9 _ -")]
    Letters,
}

/// The 122 bits of a version 7 UUID that are neither version nor variant.
fn pack(id: Uuid) -> u128 {
    let bits = id.as_u128();
    let time = bits >> 80;
    let rand_a = (bits >> 64) & 0xfff;
    let rand_b = bits & ((1 << 62) - 1);
    (time << 74) | (rand_a << 62) | rand_b
}

fn unpack(packed: u128) -> Uuid {
    let time = packed >> 74;
    let rand_a = (packed >> 62) & 0xfff;
    let rand_b = packed & ((1 << 62) - 1);
    Uuid::from_u128((time << 80) | (0x7 << 76) | (rand_a << 64) | (0b10 << 62) | rand_b)
}

fn encode(id: Uuid) -> [u8; LETTERS] {
    let packed = pack(id);
    let mut letters = [0; LETTERS];
    for (place, letter) in letters.iter_mut().rev().enumerate() {
        *letter = ALPHABET[((packed >> (6 * place)) & 0x3f) as usize];
    }
    letters
}

fn decode(letters: &str) -> Result<Uuid, IdError> {
    if letters.len() != LETTERS {
        return Err(IdError::Letters);
    }
    let mut packed: u128 = 0;
    for letter in letters.bytes() {
        let value = ALPHABET.binary_search(&letter).map_err(|_| IdError::Letters)?;
        packed = (packed << 6) | value as u128;
    }
    // 21 letters carry 126 bits: the top four are always zero in an id that we made.
    if packed >> 122 != 0 { Err(IdError::Letters) } else { Ok(unpack(packed)) }
}

/// A new UUIDv7 whose time part is `unix_millis`.
fn generate(unix_millis: u64) -> Uuid {
    let mut random = [0; 10];
    rand::rng().fill(&mut random);
    uuid::Builder::from_unix_timestamp_millis(unix_millis, &random).into_uuid()
}

macro_rules! define_id {
    ($(#[$about:meta])* $name:ident, $prefix:literal) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// The prefix of the text form, underscore included.
            pub const PREFIX: &'static str = $prefix;
            /// How many letters come after it.
            pub const LETTERS: usize = LETTERS;

            /// A new id for this instant, in milliseconds since 1970. Give it database time: ids are compared across
            /// processes.
            #[must_use]
            pub fn generate(unix_millis: u64) -> Self {
                Self(generate(unix_millis))
            }

            /// The instant that it was made for, in milliseconds since 1970.
            #[must_use]
            pub const fn unix_millis(self) -> u64 {
                (self.0.as_u128() >> 80) as u64
            }

            /// The form in which PostgreSQL holds it.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// An id read back from PostgreSQL.
            #[must_use]
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(Self::PREFIX)?;
                encode(self.0).iter().try_for_each(|letter| fmt::Write::write_char(f, char::from(*letter)))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let letters = text.strip_prefix(Self::PREFIX).ok_or(IdError::Prefix { expected: Self::PREFIX })?;
                decode(letters).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    };
}

define_id!(
    /// A job.
    JobId,
    "job_"
);
define_id!(
    /// An organization: the owner of everything a key can reach.
    OrganizationId,
    "org_"
);
define_id!(
    /// An API key; not the secret.
    ApiKeyId,
    "key_"
);
define_id!(
    /// One HTTP exchange, sent back as `x-request-id`.
    RequestId,
    "req_"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_uuid_are_the_same_id() {
        for millis in [0, 1, 1_700_000_000_000, (1 << 48) - 1] {
            let id = JobId::generate(millis);
            let text = id.to_string();
            assert_eq!(text.len(), 25);
            assert_eq!(text.parse::<JobId>(), Ok(id));
            assert_eq!(id.uuid().get_version_num(), 7);
            assert_eq!(id.unix_millis(), millis);
        }
    }

    #[test]
    fn text_sorts_as_the_uuid_does() {
        let mut ids: Vec<JobId> = (0..2_000_u64).map(|n| JobId::generate(1_760_000_000_000 + n / 7)).collect();
        ids.sort_by_key(|id| id.uuid());
        let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
        assert!(texts.is_sorted());
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        let id = JobId::generate(1_760_000_000_000).to_string();
        assert_eq!(id.parse::<OrganizationId>(), Err(IdError::Prefix { expected: "org_" }));
        assert_eq!(id[..24].parse::<JobId>(), Err(IdError::Letters));
        assert_eq!("job_zzzzzzzzzzzzzzzzzzzzz".parse::<JobId>(), Err(IdError::Letters));
        assert_eq!("job_+++++++++++++++++++++".parse::<JobId>(), Err(IdError::Letters));
        assert_eq!("job_éééééééééé-".parse::<JobId>(), Err(IdError::Letters));
    }
}
