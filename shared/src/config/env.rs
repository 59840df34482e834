//! Reading variables by their entry in the table.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use secrecy::SecretString;

use super::variables::{VARIABLES, Variable};

/// Why the environment cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A variable that must be set is not.
    #[error("{name} is not set: it must be {rule}")]
    Missing {
        /// The variable.
        name: &'static str,
        /// Its rule.
        rule: &'static str,
    },
    /// A value breaks its variable's rule. The value is not repeated: it may be a secret.
    #[error("{name} must be {rule}; its value of {length} characters is not")]
    Malformed {
        /// The variable.
        name: &'static str,
        /// Its rule.
        rule: &'static str,
        /// The value's size.
        length: usize,
    },
    /// A `QUIRE_` variable that nothing reads.
    #[error("{name} is not a variable of Quire{}", nearest.map(|known| format!(": did you mean {known}?")).unwrap_or_default())]
    Unknown {
        /// The variable.
        name: String,
        /// The known variable that looks most like it.
        nearest: Option<&'static str>,
    },
}

/// A snapshot of the environment.
#[derive(Debug, Clone, Default)]
pub struct Env {
    values: BTreeMap<String, String>,
}

impl Env {
    /// The environment of this process.
    ///
    /// # Errors
    /// [`ConfigError::Unknown`] when it holds a `QUIRE_` variable that is not in the table.
    pub fn of_process() -> Result<Self, ConfigError> {
        Self::from_pairs(std::env::vars_os().filter_map(|(name, value)| {
            // A value that is not text can only break a rule: keep what can be shown of it.
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        }))
    }

    /// An environment made of these pairs.
    ///
    /// # Errors
    /// [`ConfigError::Unknown`] as above.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let values: BTreeMap<String, String> = pairs.into_iter().collect();
        let unknown = values
            .keys()
            .find(|name| name.starts_with("QUIRE_") && !VARIABLES.iter().any(|known| known.name == name.as_str()));
        match unknown {
            Some(name) => Err(ConfigError::Unknown { name: name.clone(), nearest: nearest(name) }),
            None => Ok(Self { values }),
        }
    }

    /// The value or the default; a variable that is set to nothing counts as not set.
    fn raw(&self, name: &str) -> Result<(&'static Variable, &str), ConfigError> {
        let Some(variable) = VARIABLES.iter().find(|variable| variable.name == name) else {
            return Err(ConfigError::Unknown { name: name.to_owned(), nearest: nearest(name) });
        };
        let set = self.values.get(name).map(String::as_str).filter(|value| !value.is_empty());
        match set.or(variable.default) {
            Some(value) => Ok((variable, value)),
            None => Err(ConfigError::Missing { name: variable.name, rule: variable.rule }),
        }
    }

    fn parsed<T>(&self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, ConfigError> {
        let (variable, value) = self.raw(name)?;
        parse(value).ok_or(ConfigError::Malformed {
            name: variable.name,
            rule: variable.rule,
            length: value.chars().count(),
        })
    }

    fn number<T: FromStr + PartialOrd + Display>(
        &self,
        name: &str,
        range: &RangeInclusive<T>,
    ) -> Result<T, ConfigError> {
        self.parsed(name, |value| value.parse().ok().filter(|number| range.contains(number)))
    }

    /// A text.
    ///
    /// # Errors
    /// [`ConfigError::Missing`].
    pub fn text(&self, name: &str) -> Result<String, ConfigError> {
        self.raw(name).map(|(_, value)| value.to_owned())
    }

    /// A text, or `None` when it is empty.
    ///
    /// # Errors
    /// [`ConfigError::Missing`].
    pub fn optional(&self, name: &str) -> Result<Option<String>, ConfigError> {
        self.text(name).map(|value| Some(value).filter(|value| !value.is_empty()))
    }

    /// A text that must not be shown.
    ///
    /// # Errors
    /// [`ConfigError::Missing`].
    pub fn secret(&self, name: &str) -> Result<SecretString, ConfigError> {
        self.text(name).map(SecretString::from)
    }

    /// The variables of other programs that have such a name, with their values.
    pub fn secrets(&self, wanted: impl Fn(&str) -> bool) -> Vec<(String, SecretString)> {
        let found = self.values.iter().filter(|(name, value)| wanted(name) && !value.is_empty());
        found.map(|(name, value)| (name.clone(), SecretString::from(value.as_str()))).collect()
    }

    /// The variable of another program, if it is set.
    #[must_use]
    pub fn foreign(&self, name: &str) -> Option<SecretString> {
        self.values.get(name).filter(|value| !value.is_empty()).map(|value| SecretString::from(value.as_str()))
    }

    /// Anything that can be read from a text.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn value<T: FromStr>(&self, name: &str) -> Result<T, ConfigError> {
        self.parsed(name, |value| value.parse().ok())
    }

    /// A value that `parse` understands.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn with<T>(&self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, ConfigError> {
        self.parsed(name, parse)
    }

    /// A duration in milliseconds, up to a day.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn millis(&self, name: &str) -> Result<Duration, ConfigError> {
        self.number(name, &(1..=86_400_000)).map(Duration::from_millis)
    }

    /// A count, 1 to 1,000,000.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn count(&self, name: &str) -> Result<u32, ConfigError> {
        self.number(name, &(1..=1_000_000))
    }

    /// A whole number within a range.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn within(&self, name: &str, range: RangeInclusive<u32>) -> Result<u32, ConfigError> {
        self.number(name, &range)
    }

    /// A size in bytes, 1 KiB to 1 TiB.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn bytes(&self, name: &str) -> Result<u64, ConfigError> {
        self.number(name, &(1024..=1_099_511_627_776))
    }

    /// `on` or `off`.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn switch(&self, name: &str) -> Result<bool, ConfigError> {
        self.parsed(name, |value| match value {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        })
    }
}

/// The known name that shares the longest beginning and end with `name`.
fn nearest(name: &str) -> Option<&'static str> {
    let shared = |known: &str| {
        let start = known.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
        let end = known.bytes().rev().zip(name.bytes().rev()).take_while(|(a, b)| a == b).count();
        start + end
    };
    VARIABLES.iter().map(|variable| variable.name).max_by_key(|known| shared(known)).filter(|known| shared(known) > 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Result<Env, ConfigError> {
        Env::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn a_misspelt_variable_stops_the_process_and_names_the_right_one() {
        let error = env(&[("QUIRE_WORKR_ADDR", "off")]).unwrap_err().to_string();
        assert!(error.contains("QUIRE_WORKR_ADDR") && error.contains("QUIRE_WORKER_ADDR"), "{error}");
    }

    #[test]
    fn a_bad_value_is_named_by_variable_and_rule_and_not_shown() {
        let env = env(&[("QUIRE_LEASE_MS", "secret-12s")]).unwrap();
        let error = env.millis("QUIRE_LEASE_MS").unwrap_err().to_string();
        assert!(error.contains("QUIRE_LEASE_MS") && error.contains("milliseconds") && error.contains("10 characters"));
        assert!(!error.contains("secret"), "{error}");
    }

    #[test]
    fn a_missing_url_is_named() {
        let error = env(&[]).unwrap().secret("QUIRE_DATABASE_URL").unwrap_err().to_string();
        assert!(error.contains("QUIRE_DATABASE_URL") && error.contains("postgres://"), "{error}");
    }

    #[test]
    fn defaults_keep_their_own_rules() {
        let env = env(&[]).unwrap();
        for variable in VARIABLES.iter().filter(|variable| variable.name.ends_with("_MS")) {
            assert!(env.millis(variable.name).is_ok(), "{}", variable.name);
        }
        for variable in VARIABLES.iter().filter(|variable| variable.name.ends_with("_BYTES")) {
            assert!(env.bytes(variable.name).is_ok(), "{}", variable.name);
        }
    }
}
