//! Which file belongs to a member of a text: a pointer does not say where a name is there twice, its place does.

use std::collections::HashMap;

use serde_json::value::RawValue;

/// Where a file would belong that was taken out of the string that these names lead to, of items of a list their numbers:
/// bytes before its closing quote.
/// Of a name that is there twice the last counts, as it does for a parser that builds values.
#[must_use]
pub fn place_of(text: &[u8], names: &[&str]) -> Option<u64> {
    let mut value: &RawValue = serde_json::from_slice(text).ok()?;
    for name in names {
        value = if value.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            *items.get(name.parse::<usize>().ok()?)?
        } else {
            let mut members: HashMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
            members.remove(*name)?
        };
    }
    let end = value.get().strip_suffix('"')?.as_bytes().as_ptr_range().end;
    u64::try_from(end.addr().checked_sub(text.as_ptr().addr())?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_several_members_of_a_name_counts() {
        let place =
            |text: &str| place_of(text.as_bytes(), &["document", "url"]).map(|at| text[..at as usize].to_owned());
        let one = r#" {"document" : {"url":"a" , "x":["url"]}, "url":"b"} "#;
        assert_eq!(place(one).as_deref(), Some(r#" {"document" : {"url":"a"#));
        let two = r#"{"document":{"url":"a"},"document":{"url":"b","u\u0072l":"c\""}}"#;
        assert_eq!(place(two).as_deref(), Some(r#"{"document":{"url":"a"},"document":{"url":"b","u\u0072l":"c\""#));
        let listed = r#"{"documents":[{"url":"a"},{"url":"b"}]}"#;
        let place = |names| place_of(listed.as_bytes(), names).map(|at| &listed[..at as usize]);
        assert_eq!(place(&["documents", "1", "url"]), Some(r#"{"documents":[{"url":"a"},{"url":"b"#));
        for none in [&["documents", "2", "url"][..], &["documents", "x"], &["documents"]] {
            assert_eq!(place(none), None, "{none:?}");
        }
    }

    #[test]
    fn what_leads_to_no_string_has_no_place() {
        let place = |text: &str| place_of(text.as_bytes(), &["document", "url"]);
        for none in [
            "",
            "[]",
            "{}",
            r#"{"document":"url"}"#,
            r#"{"document":{"url":1}}"#,
            r#"{"document":{"url":"a"},"document":{}}"#,
        ] {
            assert_eq!(place(none), None, "{none}");
        }
    }
}
