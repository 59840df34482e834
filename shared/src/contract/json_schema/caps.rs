//! The caps. Those of the engine (worker/documents, `schema::Caps`) are the same: neither crate knows the other.

/// Bytes of a schema, written without spaces. The largest that people publish for business documents have about 100 KiB.
pub(super) const MAX_BYTES: usize = 256 << 10;
/// Subschemas, each as often as it is referred to.
pub(super) const MAX_SUBSCHEMAS: usize = 10_000;
/// Patterns of one schema, those of property names included: each has to be compiled while the client waits.
pub(super) const MAX_PATTERNS: usize = 200;
/// Characters of a pattern.
pub(super) const MAX_PATTERN_CHARS: usize = 512;
/// Objects and lists in one another, in the value.
pub(super) const MAX_LEVELS: usize = 32;
/// Subschemas that speak about the same value by way of one another.
pub(super) const MAX_STEPS: usize = 64;
/// How often a `$ref` is followed from within what it leads to.
pub(super) const MAX_UNFOLDS: usize = 2;
/// Values of one `enum`.
pub(super) const MAX_CHOICES: usize = 1_000;
/// Characters of a `$ref`: it may be looked up as often as there are subschemas.
pub(super) const MAX_REFERENCE_CHARS: usize = 512;
/// Broken rules of one schema that are told.
pub(super) const MAX_MISTAKES: usize = 100;
