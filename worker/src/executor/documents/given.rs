//! The documents of a request, decoded.

use blake2::digest::consts::U8;
use blake2::{Blake2b, Digest as _};
use bytes::Bytes;
use documents::ReadOptions;
use secrecy::ExposeSecret as _;
use shared::contract::{DataUrl, MimeData, Password};
use shared::domain::Failure;

use super::failure::invalid;
use crate::engine::Document;
use crate::executor::Keyring;

/// A decoded document.
pub(super) struct Given {
    /// Its content address, as the SDK makes it.
    pub(super) id: String,
    pub(super) filename: String,
    media_type: Option<String>,
    bytes: Bytes,
    password: Option<Password>,
}

impl Given {
    /// The document at this pointer: the file as it is stored, or what its URL still holds.
    pub(super) fn decode(document: &MimeData, pointer: &str, file: Option<Bytes>) -> Result<Self, Failure> {
        let told = |error| invalid(&format!("{}.url {error}", pointer.trim_start_matches('/').replace('/', ".")));
        let url = DataUrl::parse(&document.url).map_err(told)?;
        let bytes = match file {
            Some(bytes) => bytes,
            None => url.decode().map_err(told)?.into(),
        };
        Ok(Self {
            id: format!("file_{:016x}", digest(&bytes)),
            filename: document.filename.clone(),
            media_type: Some(url.media_type.to_ascii_lowercase()).filter(|media_type| !media_type.is_empty()),
            bytes,
            password: document.password.clone(),
        })
    }

    /// How it is read, its password in clear.
    pub(super) fn read_options(&self, keyring: Option<&Keyring>, options: ReadOptions) -> Result<ReadOptions, Failure> {
        let clear = |password: &Password| match keyring {
            Some(keyring) => keyring.open(password),
            None => Ok(password.as_written().clone()),
        };
        let password = self.password.as_ref().map(clear).transpose()?;
        Ok(ReadOptions { password: password.map(|password| password.expose_secret().to_owned()), ..options })
    }

    pub(super) fn into_document(self) -> Document {
        let Self { filename, media_type, bytes, .. } = self;
        Document { filename, media_type, bytes }
    }
}

/// BLAKE2b of 8 bytes, by which the SDK names files.
pub(super) fn digest(bytes: &[u8]) -> u64 {
    u64::from_be_bytes(Blake2b::<U8>::digest(bytes).into())
}
