//! Secrets of requests at rest: what they are encrypted with, and for whom (ADR 0018).

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use crate::domain::{JobId, OrganizationId};

/// What a sealed secret begins with.
pub(super) const SEALED: &str = "enc:v1:";
/// Bytes of a key.
const KEY_BYTES: usize = 32;
/// Bytes of a key's SHA-256 that name it.
const KEY_ID_BYTES: usize = 4;
/// Keys, at most: one encrypts, the others are of the past.
const MAX_KEYS: usize = 16;

/// Whose a secret is. It can be opened only as this one's: moved to another job, it is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    /// The job's owner.
    pub organization: OrganizationId,
    /// The job, whose id stays the same in every retry.
    pub job: JobId,
}

/// The keys that secrets of requests are encrypted with: none, or a first that encrypts and more that decrypt.
#[derive(Clone, Default)]
pub struct Secrets {
    keys: Arc<[Key]>,
}

struct Key {
    id: String,
    seal: LessSafeKey,
    digest: hmac::Key,
}

/// Why a secret cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretUnavailable {
    /// Nothing could open it.
    #[error("this process has no QUIRE_SECRETS_KEY")]
    NoKey,
    /// It was sealed with a key that is not here.
    #[error("no key of QUIRE_SECRETS_KEY has the id {id}, which it was encrypted with")]
    UnknownKey {
        /// The key's id.
        id: String,
    },
    /// It is not what was sealed, or was sealed for another job.
    #[error("the stored secret is damaged")]
    Damaged,
}

impl Secrets {
    /// The keys of a list: base64 of 32 bytes each, joined by commas; none of an empty one. `None` when it is no such list.
    #[must_use]
    pub fn parse(list: &str) -> Option<Self> {
        if list.is_empty() {
            return Some(Self::default());
        }
        let keys: Vec<Key> = list.split(',').map(|key| Key::parse(key.trim())).collect::<Option<_>>()?;
        (keys.len() <= MAX_KEYS).then(|| Self { keys: keys.into() })
    }

    /// Whether there is a key to encrypt with.
    #[must_use]
    pub fn is_configured(&self) -> bool {
        !self.keys.is_empty()
    }

    /// Encrypts a secret; `None` without a key.
    #[must_use]
    pub fn seal(&self, whose: Whose, clear: &str) -> Option<String> {
        let key = self.keys.first()?;
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = clear.as_bytes().to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        let tag = key.seal.seal_in_place_separate_tag(unique, whose.aad(), &mut sealed).ok()?;
        let bytes = [&nonce[..], &sealed, tag.as_ref()].concat();
        Some(format!("{SEALED}{}:{}", key.id, URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// What was sealed. A text that is not sealed is what it is: requests that were never stored have those.
    ///
    /// # Errors
    /// [`SecretUnavailable`].
    pub fn open(&self, whose: Whose, stored: &SecretString) -> Result<SecretString, SecretUnavailable> {
        let Some(sealed) = stored.expose_secret().strip_prefix(SEALED) else { return Ok(stored.clone()) };
        if !self.is_configured() {
            return Err(SecretUnavailable::NoKey);
        }
        let (id, bytes) = sealed.split_once(':').ok_or(SecretUnavailable::Damaged)?;
        let key = self.keys.iter().find(|key| key.id == id).ok_or_else(|| unknown(id))?;
        let bytes = URL_SAFE_NO_PAD.decode(bytes).map_err(|_| SecretUnavailable::Damaged)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LEN>().ok_or(SecretUnavailable::Damaged)?;
        let mut sealed = sealed.to_vec();
        let unique = Nonce::assume_unique_for_key(*nonce);
        let clear = key.seal.open_in_place(unique, whose.aad(), &mut sealed).map_err(|_| SecretUnavailable::Damaged)?;
        str::from_utf8(clear).map(SecretString::from).map_err(|_| SecretUnavailable::Damaged)
    }

    /// A digest of a body that holds a secret: one that guesses cannot be compared with, as they could with a plain hash.
    /// `None` without a key. It is another one after the first key has been replaced.
    #[must_use]
    pub fn digest(&self, body: &[u8]) -> Option<[u8; 32]> {
        hmac::sign(&self.keys.first()?.digest, body).as_ref().try_into().ok()
    }
}

/// Key ids, and never keys.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|key| &key.id)).finish()
    }
}

impl Key {
    fn parse(text: &str) -> Option<Self> {
        let key: [u8; KEY_BYTES] = STANDARD.decode(text).ok()?.try_into().ok()?;
        let id = Sha256::digest(key).iter().take(KEY_ID_BYTES).map(|byte| format!("{byte:02x}")).collect();
        // One key for each use, so that none says anything about another.
        let seal = UnboundKey::new(&AES_256_GCM, &derived(&key, b"quire secrets seal v1")).ok()?;
        let digest = hmac::Key::new(hmac::HMAC_SHA256, &derived(&key, b"quire secrets digest v1"));
        Some(Self { id, seal: LessSafeKey::new(seal), digest })
    }
}

fn derived(key: &[u8], purpose: &[u8]) -> [u8; KEY_BYTES] {
    let mut derived = [0; KEY_BYTES];
    derived.copy_from_slice(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), purpose).as_ref());
    derived
}

impl Whose {
    fn aad(self) -> Aad<[u8; 32]> {
        let mut bytes = [0; 32];
        let (organization, job) = bytes.split_at_mut(16);
        organization.copy_from_slice(self.organization.uuid().as_bytes());
        job.copy_from_slice(self.job.uuid().as_bytes());
        Aad::from(bytes)
    }
}

/// The id comes from the database: what does not look like one is not repeated.
fn unknown(id: &str) -> SecretUnavailable {
    let is_id = id.len() == KEY_ID_BYTES * 2 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id { SecretUnavailable::UnknownKey { id: id.to_owned() } } else { SecretUnavailable::Damaged }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Keys made of these bytes.
    pub(in crate::payload) fn secrets(bytes: &[u8]) -> Secrets {
        let list: Vec<String> = bytes.iter().map(|byte| STANDARD.encode([*byte; KEY_BYTES])).collect();
        Secrets::parse(&list.join(",")).unwrap()
    }

    pub(in crate::payload) fn whose() -> Whose {
        Whose { organization: OrganizationId::generate(1_760_000_000_000), job: JobId::generate(1_760_000_000_000) }
    }

    fn open(secrets: &Secrets, whose: Whose, stored: &str) -> Result<String, SecretUnavailable> {
        secrets.open(whose, &stored.into()).map(|clear| clear.expose_secret().to_owned())
    }

    #[test]
    fn what_is_sealed_opens_for_its_own_job_alone() {
        let (secrets, whose) = (secrets(&[1]), whose());
        for clear in ["s3cret", "", "\"\\ \u{e9}\u{1f511}", &"p".repeat(1024)] {
            let sealed = secrets.seal(whose, clear).unwrap();
            assert!(sealed.starts_with(SEALED) && (clear.is_empty() || !sealed.contains(clear)), "{sealed}");
            assert_eq!(open(&secrets, whose, &sealed).as_deref(), Ok(clear));
            let (organization, job) = (OrganizationId::generate(1), JobId::generate(1));
            for other in [Whose { organization, ..whose }, Whose { job, ..whose }] {
                assert_eq!(open(&secrets, other, &sealed), Err(SecretUnavailable::Damaged));
            }
        }
        assert_ne!(secrets.seal(whose, "s3cret"), secrets.seal(whose, "s3cret"), "the same nonce twice");
    }

    #[test]
    fn any_letter_of_a_sealed_secret_counts() {
        let (secrets, whose) = (secrets(&[1]), whose());
        let sealed = secrets.seal(whose, "s3cret").unwrap();
        for at in SEALED.len()..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
            let altered = String::from_utf8(bytes).unwrap();
            assert!(open(&secrets, whose, &altered).is_err(), "{altered}");
        }
        for short in [SEALED, "enc:v1::", &sealed[..sealed.len() - 1], &sealed[..30]] {
            assert!(open(&secrets, whose, short).is_err(), "{short}");
        }
    }

    #[test]
    fn the_first_key_seals_and_all_open() {
        let (old, both, new, whose) = (secrets(&[1]), secrets(&[2, 1]), secrets(&[2]), whose());
        let (before, after) = (old.seal(whose, "a").unwrap(), both.seal(whose, "b").unwrap());
        assert_eq!(open(&both, whose, &before).as_deref(), Ok("a"));
        assert_eq!(open(&new, whose, &after).as_deref(), Ok("b"));
        let id = before[SEALED.len()..].split(':').next().unwrap().to_owned();
        assert_eq!(open(&new, whose, &before), Err(SecretUnavailable::UnknownKey { id }));
        assert_eq!(open(&Secrets::default(), whose, &before), Err(SecretUnavailable::NoKey));
        assert_eq!(Secrets::default().seal(whose, "a"), None);
        assert_ne!(old.digest(b"body"), new.digest(b"body"));
        assert_eq!(both.digest(b"body"), new.digest(b"body"));
    }

    #[test]
    fn what_was_never_sealed_is_what_it_is() {
        assert_eq!(open(&secrets(&[1]), whose(), "enc").as_deref(), Ok("enc"));
        assert_eq!(open(&Secrets::default(), whose(), "s3cret").as_deref(), Ok("s3cret"));
    }

    #[test]
    fn a_list_of_keys_is_base64_of_32_bytes_each() {
        let good = STANDARD.encode([7; 32]);
        assert!(!Secrets::parse("").unwrap().is_configured());
        assert!(Secrets::parse(&format!("{good}, {good}")).unwrap().is_configured());
        let (short, many) = (STANDARD.encode([7; 31]), [&*good; 17].join(","));
        for bad in [",", "x", &good[..42], &short, &format!("{good},"), &many] {
            assert!(Secrets::parse(bad).is_none(), "{bad}");
        }
        let shown = format!("{:?}", Secrets::parse(&good).unwrap());
        assert_eq!(shown.len(), "[\"00000000\"]".len(), "{shown}");
    }
}
