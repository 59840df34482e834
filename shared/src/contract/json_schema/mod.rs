//! What a `json_schema` in a request must be beyond a JSON Schema: within caps, and whole by itself.
//!
//! The engine unfolds a schema into the fields it asks for. What would be refused there is refused here, where the client
//! still waits: `unfold` follows the same keywords under the same caps.

mod caps;
mod reference;
#[cfg(test)]
mod tests;
mod unfold;
mod walk;

use serde_json::Value;

use self::caps::MAX_BYTES;

/// What was found in a schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckedSchema {
    /// The rules that it breaks.
    pub mistakes: Vec<SchemaMistake>,
    /// Its regular expressions, which are for the caller to compile; none of one that is over a cap.
    pub patterns: Vec<SchemaPattern>,
}

/// A broken rule. It says where and which, but never repeats the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaMistake {
    /// The JSON pointer of the place in the schema.
    pub pointer: String,
    /// The rule: a keyword of JSON Schema, or `maxBytes`, `maxDepth`, `maxValues`.
    pub rule: &'static str,
    /// The rule in words.
    pub message: String,
    /// The size of the value, where the rule is about a size.
    pub size: Option<usize>,
}

impl SchemaMistake {
    fn new(pointer: impl Into<String>, rule: &'static str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), rule, message: message.into(), size: None }
    }

    fn with_size(mut self, size: usize) -> Self {
        self.size = Some(size);
        self
    }
}

/// A regular expression in a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaPattern {
    /// The JSON pointer of the place in the schema.
    pub pointer: String,
    /// As it is written.
    pub text: String,
}

/// Looks for what is wrong with a schema. Whether it obeys its dialect, and whether its patterns compile, is not looked at.
#[must_use]
pub fn check_json_schema(schema: &Value) -> CheckedSchema {
    let bytes = schema.to_string().len();
    if bytes > MAX_BYTES {
        let message = format!("must not be longer than {MAX_BYTES} bytes");
        let mistakes = vec![SchemaMistake::new("", "maxBytes", message).with_size(bytes)];
        return CheckedSchema { mistakes, patterns: Vec::new() };
    }
    let mut checked = walk::walk(schema);
    if checked.mistakes.is_empty() {
        checked.mistakes.extend(unfold::check(schema));
    }
    checked
}
