//! Caps on what one schema may cost.

/// The caps of a schema. The api refuses what is over its own, which are no larger; these guard the engine itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caps {
    /// Objects and lists in one another, in the value.
    pub(crate) max_levels: usize,
    /// Subschemas, each as often as it is referred to.
    pub(crate) max_nodes: usize,
    /// How often a `$ref` is followed from within what it leads to: how deep a tree of its own kind is looked for.
    pub(crate) max_unfolds: usize,
    /// Values of one `enum`.
    pub(crate) max_choices: usize,
    /// Characters that are kept of a title, a description or a prompt: longer ones do not make a field easier to find.
    pub(crate) max_text_chars: usize,
}

impl Default for Caps {
    fn default() -> Self {
        // The largest schemas that people publish for business documents (UBL invoices) have some hundred fields in up to
        // eight levels.
        Self { max_levels: 32, max_nodes: 10_000, max_unfolds: 2, max_choices: 1_000, max_text_chars: 2_000 }
    }
}
