//! How deep and how large a JSON text may be, found without building anything from it: a parsed value takes many times the
//! memory of the few bytes that it is written with.

use super::Violation;

/// The limits.
#[derive(Debug, Clone, Copy)]
pub struct JsonLimits {
    /// Levels of arrays and objects. Below the parser's own limit of 128, so that a refusal names this rule and not the
    /// parser.
    pub max_depth: usize,
    /// Values: the text's own, each item of an array, each member of an object.
    pub max_values: usize,
}

impl JsonLimits {
    /// Looks through a text until it ends or is too much. Of one that is not JSON the answer means nothing, and the parser
    /// refuses it anyway.
    pub(crate) fn check(&self, text: &[u8]) -> Result<(), Violation> {
        let (mut depth, mut values) = (0_usize, 1_usize);
        // Whether the last letter opened an array or an object: what follows is its first value, or its end.
        let mut opened = false;
        let mut rest = text.iter();
        while let Some(byte) = rest.next() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => continue,
                b']' | b'}' => depth = depth.saturating_sub(1),
                b',' => values += 1,
                _ if opened => values += 1,
                _ => {}
            }
            opened = matches!(byte, b'[' | b'{');
            depth += usize::from(opened);
            if *byte == b'"' {
                skip_string(&mut rest);
            }
            if depth > self.max_depth {
                return Err(self.too_deep());
            }
            if values > self.max_values {
                return Err(self.too_many());
            }
        }
        Ok(())
    }

    fn too_deep(&self) -> Violation {
        let message = format!("must not be nested deeper than {} levels (QUIRE_API_JSON_MAX_DEPTH)", self.max_depth);
        Violation::new("$", "maxDepth", message)
    }

    fn too_many(&self) -> Violation {
        let message = format!("must not hold more than {} values (QUIRE_API_JSON_MAX_VALUES)", self.max_values);
        Violation::new("$", "maxValues", message)
    }
}

/// Moves beyond the closing quote.
fn skip_string(rest: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(rest.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn rule(max_depth: usize, max_values: usize, text: &str) -> Option<String> {
        JsonLimits { max_depth, max_values }.check(text.as_bytes()).err().map(|violation| violation.rule)
    }

    fn nested(depth: usize) -> String {
        format!("{}1{}", "[".repeat(depth), "]".repeat(depth))
    }

    #[test]
    fn brackets_count_unless_they_are_text() {
        let deep = |text: &str| rule(64, usize::MAX, text).is_some_and(|rule| rule == "maxDepth");
        assert!(!deep(&nested(64)));
        assert!(deep(&nested(65)));
        assert!(!deep(&format!("\"{}\"", nested(65))));
        assert!(!deep(&format!(r#"["\"{}\\"]"#, nested(65))));
        assert!(!deep(&"[{}],".repeat(1000)));
    }

    fn count(value: &Value) -> usize {
        1 + match value {
            Value::Array(items) => items.iter().map(count).sum(),
            Value::Object(members) => members.values().map(count).sum(),
            _ => 0,
        }
    }

    #[test]
    fn values_count_and_names_do_not() {
        for text in [
            "0",
            "[]",
            " [ ] ",
            "{\n}",
            "[[],{},[[]]]",
            r#"[1,"a,b",null]"#,
            r#"{"a":1,"b":{"c":[1,2,{"d":[]}]},"e,[":"]"}"#,
            &nested(9),
        ] {
            let values = count(&serde_json::from_str(text).unwrap());
            assert_eq!(rule(64, values, text), None, "{text}");
            if values > 1 {
                assert_eq!(rule(64, values - 1, text).as_deref(), Some("maxValues"), "{text}");
            }
        }
    }
}
