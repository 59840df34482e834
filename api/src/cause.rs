//! An error with its causes, for the log: the field of an event shows the outermost message only.

use std::error::Error;
use std::fmt;

/// Shows an error and what caused it in one line.
pub(crate) struct Causes<'a>(pub(crate) &'a dyn Error);

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            // The database puts its details on lines of their own.
            write!(f, ": {}", error.to_string().replace('\n', "; "))?;
            cause = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] std::io::Error);

    #[test]
    fn causes_follow_in_one_line() {
        let error = Outer(std::io::Error::other("inner\ndetail"));
        assert_eq!(Causes(&error).to_string(), "outer: inner; detail");
    }
}
