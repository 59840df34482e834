//! Bounds of the file and of what it names. They guard against a wrong file, not against an operator.

/// The file itself.
pub(super) const FILE_MAX_BYTES: u64 = 4 * 1024 * 1024;
/// Mistakes of one file that are told.
pub(super) const MISTAKES_MAX: usize = 100;
/// Characters of a key that is compared with those there are.
pub(super) const KEY_MAX_CHARS: usize = 64;
/// Endpoints of one file.
pub(super) const ENDPOINTS_MAX: usize = 1_000;
/// Characters of a path.
pub(super) const PATH_MAX_CHARS: usize = 200;
/// A file with a schema.
pub(super) const SCHEMA_MAX_BYTES: u64 = 256 * 1024;
/// How deep objects and lists of a schema lie in one another.
pub(super) const SCHEMA_MAX_DEPTH: usize = 64;
/// Headers of one upstream.
pub(super) const HEADERS_MAX: usize = 64;
/// Bytes of one header's value, after its references have been followed.
pub(super) const HEADER_MAX_BYTES: usize = 16 * 1024;
/// A file with certificates.
pub(super) const CERTIFICATES_MAX_BYTES: u64 = 1024 * 1024;
/// Any duration: a day, in milliseconds.
pub(super) const MILLIS_MAX: u64 = 86_400_000;
/// Jobs at the same time.
pub(super) const CONCURRENCY_MAX: u64 = 1_000_000;
/// Attempts of one job.
pub(super) const ATTEMPTS_MAX: u64 = 100;
/// Steps of a schedule of delays.
pub(super) const SCHEDULE_MAX: usize = 100;
/// A request or a response.
pub(super) const BODY_MAX_BYTES: u64 = 1_099_511_627_776;
/// Redirects that are followed.
pub(super) const REDIRECTS_MAX: u64 = 10;
