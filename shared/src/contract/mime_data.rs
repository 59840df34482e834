//! A file that travels inside JSON (contract part B, common types).

use secrecy::SecretString;
use serde::Deserialize;
use serde::de::Deserializer;
use utoipa::ToSchema;

/// Characters of a document's password, at most. PDF takes 127 bytes of one, and office files 255 characters.
pub const PASSWORD_MAX_CHARS: usize = 1024;

/// A file that travels inside JSON.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct MimeData {
    /// The file's name; its extension helps to tell the type.
    #[schema(min_length = 1, max_length = 1024, example = "report.pdf")]
    pub filename: String,
    /// `data:<media type>;base64,<data>`. A media type whose files have an unmistakable beginning must not be given to those
    /// of another.
    #[schema(min_length = 5, example = "data:application/pdf;base64,JVBERi0...")]
    pub url: String,
    /// What opens an encrypted document: an extension of this installation's. It is kept encrypted, and shown as null
    /// wherever the request is shown.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 1024, write_only)]
    pub password: Option<Password>,
}

/// A document's password as its request has it: in clear when it comes from a client, sealed when it was stored.
#[derive(Debug, Clone)]
pub struct Password(SecretString);

impl Password {
    /// What is in the request.
    #[must_use]
    pub const fn as_written(&self) -> &SecretString {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Whatever else is there is not repeated in the error, as the type's own words would do.
        let text =
            String::deserialize(deserializer).map_err(|_| serde::de::Error::custom("a password must be a string"))?;
        Ok(Self(text.into()))
    }
}

/// Whether a JSON pointer into a request leads to this member of one of its documents.
#[must_use]
pub fn is_document_member(pointer: &str, name: &str) -> bool {
    let document = pointer.strip_suffix(name).and_then(|before| before.strip_suffix('/'));
    let is_listed = |index: &str| !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
    document
        .is_some_and(|document| document == "/document" || document.strip_prefix("/documents/").is_some_and(is_listed))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_password_is_read_and_never_shown() {
        let read =
            |password| serde_json::from_value::<MimeData>(json!({ "filename": "a", "url": "b", "password": password }));
        let document = read(json!("s3cret")).unwrap();
        assert_eq!(document.password.as_ref().unwrap().as_written().expose_secret(), "s3cret");
        assert!(!format!("{document:?}").contains("s3cret"), "{document:?}");
        assert!(read(json!(null)).unwrap().password.is_none());
        let error = read(json!(314_159)).unwrap_err().to_string();
        assert!(!error.contains("314159"), "{error}");
    }

    #[test]
    fn the_documents_of_a_request_are_told_by_their_pointers() {
        for pointer in ["/document/password", "/documents/0/password", "/documents/12/password"] {
            assert!(is_document_member(pointer, "password"), "{pointer}");
        }
        for pointer in [
            "",
            "/password",
            "/document/url",
            "/documents/password",
            "/documents/x/password",
            "/documents//password",
            "/a/document/password",
            "/document/password/0",
        ] {
            assert!(!is_document_member(pointer, "password"), "{pointer}");
        }
    }
}
