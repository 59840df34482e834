//! Passwords in payloads: sealed where they are kept, null where they are shown, in clear where they are used.

use std::ops::Range;

use bytes::Bytes;
use secrecy::{ExposeSecret as _, SecretString};

use super::passwords::sealed_in;
use super::secrets::{SecretUnavailable, Secrets, Whose};
use super::{Lifted, Restored};

/// What is shown of a secret.
const SHOWN: Bytes = Bytes::from_static(b"null");

impl Lifted {
    /// The text as it was given, for its client: secrets are null.
    #[must_use]
    pub fn shown(&self) -> Restored {
        let parts: Vec<_> = self.secrets().iter().map(|part| (self.in_whole(part), SHOWN)).collect();
        Restored::whole(self.whole().clone()).replacing(parts)
    }

    /// The same to be kept: secrets are sealed. `None` when there is a secret and no key.
    #[must_use]
    pub fn sealed(&self, secrets: &Secrets, whose: Whose) -> Option<Self> {
        let seal = |part: &Range<usize>| {
            let clear = SecretString::from(serde_json::from_slice::<String>(self.slim().get(part.clone())?).ok()?);
            let sealed = secrets.seal(whose, clear.expose_secret())?;
            Some((part.clone(), Bytes::from(format!("\"{sealed}\""))))
        };
        let parts: Vec<_> = self.secrets().iter().map(seal).collect::<Option<_>>()?;
        Some(self.replacing(&parts))
    }
}

impl Restored {
    /// The same for its client: passwords that were sealed are null.
    #[must_use]
    pub fn hiding_passwords(self) -> Self {
        let places = sealed_in(self.text());
        self.replacing(places.into_iter().map(|place| (place.range, SHOWN)))
    }

    /// The same as the client wrote it: passwords that were sealed are in clear.
    ///
    /// # Errors
    /// [`SecretUnavailable`].
    pub fn opening_passwords(self, secrets: &Secrets, whose: Whose) -> Result<Self, SecretUnavailable> {
        let open = |range: Range<usize>| {
            let stored = self.text().get(range.clone()).and_then(|text| serde_json::from_slice::<String>(text).ok());
            let clear = secrets.open(whose, &stored.ok_or(SecretUnavailable::Damaged)?.into())?;
            let text = serde_json::to_vec(clear.expose_secret()).map_err(|_| SecretUnavailable::Damaged)?;
            Ok((range, Bytes::from(text)))
        };
        let places = sealed_in(self.text()).into_iter();
        let parts: Vec<_> = places.map(|place| open(place.range)).collect::<Result<_, _>>()?;
        Ok(self.replacing(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lift::{Cut, lift};
    use super::super::passwords::passwords_in;
    use super::super::restore::File;
    use super::super::secrets::tests::{secrets, whose};
    use super::*;
    use crate::blob::ArtifactRules;

    const RULES: ArtifactRules = ArtifactRules { min_bytes: 64, max_count: 10 };

    fn text_of(restored: Restored) -> String {
        let length = restored.len();
        let text = String::from_utf8(restored.into_pieces().collect::<Vec<_>>().concat()).unwrap();
        assert_eq!(text.len() as u64, length);
        text
    }

    /// What is read back of what was kept.
    fn kept(lifted: &Lifted) -> Restored {
        let file = |cut: &Cut| File { at: cut.at, bytes: lifted.decoded(cut).collect::<Vec<_>>().concat().into() };
        Restored::new(lifted.slim().clone(), lifted.cuts().iter().map(file).collect()).unwrap()
    }

    #[test]
    fn passwords_among_files_are_sealed_hidden_and_opened() {
        let file = format!("data:x/y;base64,{}", "QUJD".repeat(100));
        let with = |one: &str, two: &str, three: &str| {
            format!(
                r#"{{"documents":[{{"url":"{file}","password":{one}}},{{"password" : {two},"url":"{file}"}}],
                "n":1.10,"document":{{"password":{three}}},"more":"{file}"}}"#
            )
        };
        let text = with(r#""a\u00e9\"b""#, r#""s3cret""#, r#""""#);
        let lifted = lift(text.into(), RULES);
        let places = passwords_in(lifted.slim());
        let lifted = lifted.with_secrets(places.into_iter().map(|place| place.range).collect());
        let (keys, whose) = (secrets(&[1]), whose());

        assert_eq!(text_of(lifted.shown()), with("null", "null", "null"));
        assert!(lifted.sealed(&Secrets::default(), whose).is_none());
        let sealed = lifted.sealed(&keys, whose).unwrap();
        let slim = String::from_utf8(sealed.slim().to_vec()).unwrap();
        assert!(!slim.contains("s3cret") && slim.matches("\"enc:v1:").count() == 3, "{slim}");
        assert_eq!(text_of(kept(&sealed).hiding_passwords()), with("null", "null", "null"));
        let opened = kept(&sealed).opening_passwords(&keys, whose).unwrap();
        assert_eq!(text_of(opened), with("\"a\u{e9}\\\"b\"", r#""s3cret""#, r#""""#));
        let error = kept(&sealed).opening_passwords(&secrets(&[2]), whose).unwrap_err();
        assert!(matches!(error, SecretUnavailable::UnknownKey { .. }), "{error}");
    }

    #[test]
    fn a_text_without_passwords_is_untouched() {
        let text = r#"{"document":{"url":"a","password":null},"password":"enc:v1:x"}"#;
        let lifted = lift(Bytes::from(text), RULES);
        assert_eq!(passwords_in(lifted.slim()), []);
        let sealed = lifted.sealed(&Secrets::default(), whose()).unwrap();
        assert_eq!(sealed.slim(), text);
        assert_eq!(text_of(kept(&sealed).hiding_passwords()), text);
        assert_eq!(text_of(kept(&sealed).opening_passwords(&Secrets::default(), whose()).unwrap()), text);
    }
}
