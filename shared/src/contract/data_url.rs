//! `data:` URLs: how a client sends a file inside JSON.

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use super::base64_steps::decoded_len;

/// Clients pad or do not; both are read.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent).with_encode_padding(false),
);

/// Bytes that tell a file's type: whole groups of three. A PDF may have its header anywhere in the first KiB.
const HEAD_BYTES: usize = 1032;

/// A `data:` URL that has been taken apart but not decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataUrl<'a> {
    /// The media type without parameters, lower case not enforced; empty when the URL has none.
    pub media_type: &'a str,
    encoded: &'a str,
}

/// Why a text is not a `data:` URL that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DataUrlError {
    /// It is another kind of URL.
    #[error("must be a data: URL of the form data:<media type>;base64,<data>")]
    Scheme,
    /// It is not base64.
    #[error("must be base64 data: only data:<media type>;base64,<data> is read")]
    Encoding,
    /// It holds something that is not base64.
    #[error("holds data that is not base64: {reason}")]
    Base64 {
        /// What and where.
        reason: String,
    },
}

impl<'a> DataUrl<'a> {
    /// Takes a URL apart.
    ///
    /// # Errors
    /// [`DataUrlError::Scheme`] or [`DataUrlError::Encoding`].
    pub fn parse(url: &'a str) -> Result<Self, DataUrlError> {
        let is_data = url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
        if !is_data {
            return Err(DataUrlError::Scheme);
        }
        let (head, encoded) = url[5..].split_once(',').ok_or(DataUrlError::Scheme)?;
        let mut parts = head.split(';');
        let media_type = parts.next().unwrap_or_default();
        if !parts.any(|part| part.eq_ignore_ascii_case("base64")) {
            return Err(DataUrlError::Encoding);
        }
        Ok(Self { media_type, encoded })
    }

    /// The file's first bytes, [`HEAD_BYTES`] at most; none when its base64 is broken there.
    #[must_use]
    pub fn head(&self) -> Vec<u8> {
        let letters = self.encoded.as_bytes();
        BASE64.decode(&letters[..letters.len().min(HEAD_BYTES / 3 * 4)]).unwrap_or_default()
    }

    /// The file's bytes.
    ///
    /// # Errors
    /// [`DataUrlError::Base64`].
    pub fn decode(&self) -> Result<Vec<u8>, DataUrlError> {
        BASE64.decode(self.encoded).map_err(|error| unreadable(&error))
    }

    /// Whether [`Self::decode`] would answer the file's bytes, without making them.
    ///
    /// # Errors
    /// [`DataUrlError::Base64`].
    pub fn check(&self) -> Result<(), DataUrlError> {
        decoded_len(&BASE64, self.encoded.as_bytes()).map(drop).map_err(|error| unreadable(&error))
    }
}

fn unreadable(error: &base64::DecodeError) -> DataUrlError {
    DataUrlError::Base64 { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_padded_or_not() {
        for url in ["data:text/plain;base64,aGk=", "DATA:text/plain;charset=utf-8;base64,aGk"] {
            let parsed = DataUrl::parse(url).unwrap();
            assert_eq!(parsed.media_type, "text/plain");
            assert_eq!(parsed.decode().unwrap(), b"hi");
            assert_eq!(parsed.check(), Ok(()));
        }
    }

    #[test]
    fn the_head_of_a_file_is_what_it_begins_with() {
        let head = |url: &str| DataUrl::parse(url).unwrap().head();
        assert_eq!(head("data:;base64,aGk"), b"hi");
        assert_eq!(head("data:;base64,"), b"");
        assert_eq!(head("data:;base64,a*b="), b"");
        let bytes: Vec<u8> = (0..5000_u32).map(|n| (n % 251) as u8).collect();
        let long = format!("data:;base64,{}", base64::engine::general_purpose::STANDARD.encode(&bytes));
        assert_eq!(head(&long), bytes[..HEAD_BYTES]);
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_rule() {
        assert_eq!(DataUrl::parse("https://example.com/a.pdf"), Err(DataUrlError::Scheme));
        assert_eq!(DataUrl::parse("data:text/plain"), Err(DataUrlError::Scheme));
        assert_eq!(DataUrl::parse("data:text/plain,hi"), Err(DataUrlError::Encoding));
        assert_eq!(DataUrl::parse("dat"), Err(DataUrlError::Scheme));
        let broken = DataUrl::parse("data:text/plain;base64,a*b=").unwrap();
        assert!(matches!(broken.decode(), Err(DataUrlError::Base64 { .. })), "{broken:?}");
        assert_eq!(broken.check(), broken.decode().map(drop));
    }
}
