//! Passwords of documents: none is kept in clear, so none is taken that cannot be kept otherwise.

use serde_json::Value;
use shared::contract::{PASSWORD_MAX_CHARS, is_document_member};
use shared::payload::{Lifted, PasswordPlace, Secrets, passwords_in};

use super::Violation;
use super::path::of_pointer;
use super::request::ROOT;

/// The request with its passwords noted, or what is wrong with them. Every one counts, of a member that is there twice the
/// first too: all of them would be kept.
pub(super) fn note(request: Lifted, secrets: &Secrets) -> Result<Lifted, Vec<Violation>> {
    let places = passwords_in(request.slim());
    // What was taken out of the text as if it were a file is too long for a password.
    let files = request.heads().filter(|(pointer, _)| is_document_member(pointer, "password"));
    let mut violations: Vec<Violation> = files.map(|(pointer, _)| too_long(pointer)).collect();
    violations.extend(places.iter().filter_map(|place| broken_rule(place, request.slim(), secrets)));
    if !violations.is_empty() {
        return Err(violations);
    }
    Ok(request.with_secrets(places.into_iter().map(|place| place.range).collect()))
}

fn broken_rule(place: &PasswordPlace, text: &[u8], secrets: &Secrets) -> Option<Violation> {
    let path = || of_pointer(ROOT, &place.pointer);
    let Ok(Value::String(password)) = serde_json::from_slice(text.get(place.range.clone())?) else {
        return Some(Violation::new(path(), "type", "must be a string, or null"));
    };
    let chars = password.chars().count();
    if chars > PASSWORD_MAX_CHARS {
        return Some(too_long(&place.pointer).with_size(chars));
    }
    let message = "cannot be kept encrypted: this installation has no QUIRE_SECRETS_KEY";
    (!secrets.is_configured()).then(|| Violation::new(path(), "secretsKey", message))
}

fn too_long(pointer: &str) -> Violation {
    let message = format!("must have at most {PASSWORD_MAX_CHARS} characters");
    Violation::new(of_pointer(ROOT, pointer), "maxLength", message)
}
