//! `${NAME}`: how a secret gets into a value without standing in the file.

use secrecy::{ExposeSecret as _, SecretString};

/// The value with every reference replaced, or the rules that its references break.
pub(super) fn follow(
    value: &str,
    variables: &dyn Fn(&str) -> Option<SecretString>,
) -> Result<SecretString, Vec<String>> {
    let (mut whole, mut rules, mut rest) = (String::with_capacity(value.len()), Vec::new(), value);
    while let Some((before, behind)) = rest.split_once("${") {
        whole.push_str(before);
        let Some((name, after)) = behind.split_once('}') else {
            rules.push("has a ${ without its }".to_owned());
            return Err(rules);
        };
        rest = after;
        if !is_name(name) {
            rules.push("refers to a name that no variable can have: letters, digits and _ only".to_owned());
        } else if name.starts_with("QUIRE_") {
            rules.push(format!("refers to {name}: settings of Quire itself cannot be sent elsewhere"));
        } else if let Some(secret) = variables(name) {
            whole.push_str(secret.expose_secret());
        } else {
            rules.push(format!("refers to the variable {name}, which is not set"));
        }
    }
    whole.push_str(rest);
    if rules.is_empty() { Ok(whole.into()) } else { Err(rules) }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
