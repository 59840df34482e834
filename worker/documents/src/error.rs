//! Why a document has no result.

use thiserror::Error as ThisError;

/// Why a document was refused. All are final for the same input.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// The format is one that the engine does not read.
    #[error("document type is not supported: it looks like {detected}; supported are {}", crate::detect::supported())]
    UnsupportedType {
        /// The media type that the content, or failing that the declaration, points to.
        detected: String,
    },
    /// The format is known and the content breaks its rules.
    #[error("document is not valid {media_type}: {reason}")]
    Invalid {
        /// The media type whose rules are broken.
        media_type: &'static str,
        /// The rule.
        reason: String,
    },
    /// A cap of [`Limits`](crate::Limits) is exceeded.
    #[error("document exceeds {limit}: {actual} {unit}, at most {cap} are allowed")]
    LimitExceeded {
        /// The cap's name in [`Limits`](crate::Limits).
        limit: &'static str,
        /// What is counted.
        unit: &'static str,
        /// The most that is allowed.
        cap: u64,
        /// What was counted when reading stopped: the document may hold more.
        actual: u64,
    },
    /// The document is encrypted and no password was given.
    #[error("document is protected by a password: give it as document.password")]
    PasswordRequired,
    /// The document is encrypted and the password given does not open it.
    #[error("document is protected by another password than document.password")]
    PasswordWrong,
    /// What the document says is in pictures, and the networks that read those are not there.
    #[error(
        "document needs character recognition, and its model {file} {reason}: fetch the models with `make models` and name their directory in QUIRE_MODELS_DIR"
    )]
    OcrModelMissing {
        /// The file of the network.
        file: &'static str,
        /// What is wrong with it: that it is missing, or that it is another file.
        reason: String,
    },
    /// The process has no more memory to give. What ends the process instead of coming here means the same.
    #[error("document needs more memory than the engine may use")]
    OutOfMemory,
    /// The JSON Schema of an extraction is one that nothing can be extracted by.
    #[error("json_schema{pointer} {reason}")]
    SchemaInvalid {
        /// The JSON pointer of the place in the value that the schema speaks about.
        pointer: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It is written in a script of no language that labels are known in.
    #[error("document is written in {script} script: labels are known in English, French, German and Spanish")]
    LanguageNotSupported {
        /// The name of the script.
        script: &'static str,
    },
    /// Every page is blank, its pictures included.
    #[error("{media_type} document has no text on any of its {pages} page(s)")]
    NoText {
        /// The document's media type.
        media_type: &'static str,
        /// How many pages were read.
        pages: usize,
    },
}

impl Error {
    /// The stable name of the rule that the document breaks, for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnsupportedType { .. } => "unsupported_document_type",
            Self::Invalid { .. } => "document_invalid",
            Self::LimitExceeded { .. } | Self::OutOfMemory => "document_limit_exceeded",
            Self::PasswordRequired => "document_password_required",
            Self::PasswordWrong => "document_password_wrong",
            Self::OcrModelMissing { .. } => "ocr_model_missing",
            Self::SchemaInvalid { .. } => "request_invalid",
            Self::LanguageNotSupported { .. } => "language_not_supported",
            Self::NoText { .. } => "document_has_no_text",
        }
    }
}
