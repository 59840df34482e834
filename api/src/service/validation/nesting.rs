//! How deep a JSON text is nested, found without building anything from it.

/// Levels of arrays and objects that a request may have. Below the parser's own limit of 128, so that the refusal names
/// this rule and not a parser.
pub(super) const MAX_DEPTH: usize = 64;

/// Whether the text opens more than [`MAX_DEPTH`] brackets at once. Of a text that is not JSON the answer means nothing,
/// and the parser refuses it anyway.
pub(super) fn is_too_deep(text: &[u8]) -> bool {
    let mut depth = 0_usize;
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => skip_string(&mut rest),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
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
    use super::*;

    #[test]
    fn brackets_count_unless_they_are_text() {
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert!(!is_too_deep(nested(MAX_DEPTH).as_bytes()));
        assert!(is_too_deep(nested(MAX_DEPTH + 1).as_bytes()));
        assert!(!is_too_deep(format!("\"{}\"", nested(MAX_DEPTH + 1)).as_bytes()));
        assert!(!is_too_deep(format!(r#"["\"{}\\"]"#, nested(MAX_DEPTH + 1)).as_bytes()));
        assert!(!is_too_deep("[{}],".repeat(1000).as_bytes()));
    }
}
