//! What an API key may do.

use std::fmt;
use std::str::FromStr;

/// One thing that a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// See jobs: retrieve, status, list.
    JobsRead,
    /// Change jobs: create, cancel, retry.
    JobsWrite,
}

/// A text that names no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a scope is one of jobs:read, jobs:write")]
pub struct UnknownScope;

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 2] = [Self::JobsRead, Self::JobsWrite];

    /// The name in SQL, on the command line and in answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::JobsRead => "jobs:read",
            Self::JobsWrite => "jobs:write",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text).ok_or(UnknownScope)
    }
}

/// All that one key may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scopes {
    read: bool,
    write: bool,
}

impl Scopes {
    /// Whether this scope is among them.
    #[must_use]
    pub const fn allow(self, scope: Scope) -> bool {
        match scope {
            Scope::JobsRead => self.read,
            Scope::JobsWrite => self.write,
        }
    }

    /// The scopes that are stored by these names. A name that a later version gave is passed over: a key never may more
    /// than this version understands.
    pub fn of_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        names.into_iter().filter_map(|name| name.parse().ok()).collect()
    }

    /// The names to store.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        Scope::ALL.into_iter().filter(|scope| self.allow(*scope)).map(Scope::as_str).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        scopes.into_iter().fold(Self::default(), |all, scope| match scope {
            Scope::JobsRead => Self { read: true, ..all },
            Scope::JobsWrite => Self { write: true, ..all },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_may_what_it_was_given_and_nothing_else() {
        for given in Scope::ALL {
            let scopes: Scopes = [given].into_iter().collect();
            assert!(Scope::ALL.into_iter().all(|scope| scopes.allow(scope) == (scope == given)));
            assert_eq!(Scopes::of_names(scopes.names()), scopes);
        }
        assert_eq!(Scopes::from_iter(Scope::ALL).names(), ["jobs:read", "jobs:write"]);
        assert_eq!(Scopes::of_names(["jobs:admin"]), Scopes::default());
    }
}
