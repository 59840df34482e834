//! Where the passwords of a request's documents are in its text: every one of them, a member that is there twice included.

use std::fmt;
use std::ops::Range;

use memchr::memmem;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::secrets::SEALED;
use crate::contract::is_document_member;

const NAME: &str = "password";

/// A password in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordPlace {
    /// The JSON pointer that leads to it.
    pub pointer: String,
    /// Where its value is, quotes included.
    pub range: Range<usize>,
}

/// Where a client's text has passwords of documents, whatever their values are but null.
#[must_use]
pub fn passwords_in(text: &[u8]) -> Vec<PasswordPlace> {
    // Such a name has its letters as they are, or escaped.
    let may_be_there = memmem::find(text, NAME.as_bytes()).is_some() || memmem::find(text, br"\u").is_some();
    if may_be_there { found(text) } else { Vec::new() }
}

/// Where a stored text has sealed passwords.
pub(super) fn sealed_in(text: &[u8]) -> Vec<PasswordPlace> {
    if memmem::find(text, SEALED.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut places = found(text);
    places.retain(|place| text[place.range.start + 1..].starts_with(SEALED.as_bytes()));
    places
}

fn found(text: &[u8]) -> Vec<PasswordPlace> {
    let Ok(Members(members)) = serde_json::from_slice(text) else { return Vec::new() };
    let mut places = Vec::new();
    for (name, value) in members {
        match &*name {
            "document" => inspect("/document", value, text, &mut places),
            "documents" => {
                let documents: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
                for (index, document) in documents.into_iter().enumerate() {
                    inspect(&format!("/documents/{index}"), document, text, &mut places);
                }
            }
            _ => {}
        }
    }
    places
}

/// Notes the passwords of one document.
fn inspect(pointer: &str, document: &RawValue, text: &[u8], places: &mut Vec<PasswordPlace>) {
    let Ok(Members(members)) = serde_json::from_str(document.get()) else { return };
    for (name, value) in members {
        let pointer = format!("{pointer}/{name}");
        if !is_document_member(&pointer, NAME) || value.get() == "null" {
            continue;
        }
        let start = value.get().as_ptr().addr().checked_sub(text.as_ptr().addr());
        places.extend(start.map(|start| PasswordPlace { pointer, range: start..start + value.get().len() }));
    }
}

/// The members of an object as they are written, none left out.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, &str)> {
        passwords_in(text.as_bytes()).into_iter().map(|place| (place.pointer, &text[place.range])).collect()
    }

    #[test]
    fn every_password_of_every_document_is_found() {
        let text = r#" {"document" : {"password" : "a\"b" , "p\u0061ssword":7}, "x":{"password":"no"},
            "document":{"password":null,"deep":{"password":"no"}}, "password":"no",
            "d\u006fcuments":[{"password":"c"},1,{"password":["d"]},[{"password":"no"}]]} "#;
        let expected = [
            ("/document/password", r#""a\"b""#),
            ("/document/password", "7"),
            ("/documents/0/password", r#""c""#),
            ("/documents/2/password", r#"["d"]"#),
        ];
        assert_eq!(found(text), expected.map(|(pointer, value)| (pointer.to_owned(), value)));
        assert_eq!(found(r#"{"document":{"p\u0061ssword":"a"}}"#).len(), 1);
    }

    #[test]
    fn a_text_without_any_has_none() {
        for text in ["", "{}", "[]", "password", r#"{"document":"password"}"#, r#"{"document":{"password":"a""#] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn of_a_stored_text_only_the_sealed_are_found() {
        let sealed = |text: &str| -> Vec<String> {
            sealed_in(text.as_bytes()).into_iter().map(|place| text[place.range].to_owned()).collect()
        };
        let text = r#"{"document":{"password":"enc:v1:a","url":"enc:v1:no"},"documents":[{"password":"clear"}]}"#;
        assert_eq!(sealed(text), [r#""enc:v1:a""#]);
        assert_eq!(sealed(r#"{"document":{"password":"clear"}}"#), [""; 0]);
    }
}
