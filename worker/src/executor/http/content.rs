//! Any body as JSON: responses and details of failures are JSON, whatever a service answers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::IgnoredAny;
use serde_json::Value;

/// What stands before a text and is no part of it.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// The type of bytes of which nothing is known.
const UNKNOWN_TYPE: &str = "application/octet-stream";

/// A body that is longer as JSON than may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLong {
    /// Its length as JSON.
    pub(super) bytes: u64,
}

/// A body as a response: JSON stays as it is, byte for byte; text becomes a string; other bytes become the string
/// `data:<type>;base64,...`; nothing becomes `null`. Takes time in proportion to the body.
pub(super) fn response(body: Vec<u8>, content_type: Option<&str>, max_bytes: u64) -> Result<Bytes, TooLong> {
    let fits = |bytes: usize| {
        let bytes = bytes as u64;
        if bytes > max_bytes { Err(TooLong { bytes }) } else { Ok(()) }
    };
    if body.is_empty() {
        return Ok(Bytes::from_static(b"null"));
    }
    let Ok(text) = std::str::from_utf8(&body) else {
        let start = format!("\"data:{};base64,", media_type(content_type));
        fits(start.len() + body.len().div_ceil(3) * 4 + 1)?;
        return Ok(format!("{start}{}\"", STANDARD.encode(&body)).into());
    };
    let marked = text.starts_with(BYTE_ORDER_MARK);
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    if is_json(text) {
        fits(text.len())?;
        let whole = Bytes::from(body);
        return Ok(if marked { whole.slice(BYTE_ORDER_MARK.len()..) } else { whole });
    }
    fits(string_length(text))?;
    Ok(Value::from(text).to_string().into())
}

/// The beginning of a body as a detail of a failure: JSON if it is JSON and whole, else text, of at most `max_bytes` as
/// JSON. Answers whether something is missing.
pub(super) fn excerpt(body: &[u8], is_whole: bool, max_bytes: usize) -> (Value, bool) {
    if body.is_empty() {
        return (Value::Null, !is_whole);
    }
    if is_whole
        && let Ok(value) = serde_json::from_slice::<Value>(body)
        && value.to_string().len() <= max_bytes
    {
        return (value, false);
    }
    let text = String::from_utf8_lossy(body);
    let mut length = 2;
    let end = text.char_indices().find(|(_, letter)| {
        length += written(*letter);
        length > max_bytes
    });
    let kept = end.map_or(&*text, |(end, _)| &text[..end]);
    (Value::from(kept), !is_whole || end.is_some())
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// A text's length as a JSON string.
fn string_length(text: &str) -> usize {
    text.chars().map(written).sum::<usize>() + 2
}

/// Bytes of a letter in a JSON string.
const fn written(letter: char) -> usize {
    match letter {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..='\u{1f}' => 6,
        _ => letter.len_utf8(),
    }
}

/// A media type without its parameters, if it can stand in a `data:` URL.
fn media_type(content_type: Option<&str>) -> String {
    let bare = content_type.and_then(|text| text.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase();
    let is_token = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    let is_type = bare.split_once('/').is_some_and(|(kind, rest)| is_token(kind) && is_token(rest));
    if is_type { bare } else { UNKNOWN_TYPE.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(body: &[u8], content_type: Option<&str>) -> String {
        let kept = response(body.to_vec(), content_type, 1_000).unwrap();
        assert!(is_json(std::str::from_utf8(&kept).unwrap()));
        String::from_utf8(kept.to_vec()).unwrap()
    }

    #[test]
    fn json_stays_as_it_is_whatever_it_is_called() {
        for json in ["{\"b\" : 1.0,\"a\":[1e2]}\r\n", "null", " 7", "\"\\ud800\"", "{\"a\":1,\"a\":2}"] {
            assert_eq!(kept(json.as_bytes(), Some("text/html")), json);
        }
        assert_eq!(kept("\u{feff}{}".as_bytes(), None), "{}");
    }

    #[test]
    fn text_bytes_and_nothing_become_json() {
        assert_eq!(kept(b"", Some("application/json")), "null");
        assert_eq!(kept(b"<p class=\"x\">\n\0</p>", None), "\"<p class=\\\"x\\\">\\n\\u0000</p>\"");
        assert_eq!(kept(b"{broken", Some("application/json")), "\"{broken\"");
        assert_eq!(kept(b" ", None), "\" \"");
        assert_eq!(kept(&[0xff, 0], Some("Image/PNG; q=1")), "\"data:image/png;base64,/wA=\"");
        assert_eq!(kept(&[0xff], Some("a\"b/c")), "\"data:application/octet-stream;base64,/w==\"");
        assert_eq!(kept(&[0xff], None), "\"data:application/octet-stream;base64,/w==\"");
    }

    #[test]
    fn what_is_too_long_as_json_is_refused_before_it_is_made() {
        assert_eq!(response(vec![1; 200], None, 1_000), Err(TooLong { bytes: 1_202 }));
        let binary = response(vec![0xff; 750], Some("a/b"), 1_000);
        assert_eq!(binary, Err(TooLong { bytes: 1_018 }));
        assert_eq!(response(b"[1,2]".to_vec(), None, 4), Err(TooLong { bytes: 5 }));
        for text in ["a\u{1}\"\\\n\u{8}é\u{7f}", ""] {
            assert_eq!(string_length(text), Value::from(text).to_string().len());
        }
    }

    #[test]
    fn an_excerpt_is_json_while_it_can_be_and_says_when_something_is_missing() {
        assert_eq!(excerpt(b"{\"a\": 1}", true, 100), (serde_json::json!({ "a": 1 }), false));
        assert_eq!(excerpt(b"{\"a\": 1}", false, 100), (Value::from("{\"a\": 1}"), true));
        assert_eq!(excerpt(b"[1,2,3,4]", true, 6), (Value::from("[1,2"), true));
        assert_eq!(excerpt(b"", true, 10), (Value::Null, false));
        assert_eq!(excerpt("ééé".as_bytes(), true, 7), (Value::from("éé"), true));
        let (value, is_cut) = excerpt(&[1; 100], true, 50);
        assert!(is_cut && value.to_string().len() <= 50, "{value}");
    }
}
