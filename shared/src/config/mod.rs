//! The environment, read once at start. A variable that is not known, or a value that breaks its rule, stops the process
//! and names both.

mod env;
mod variables;

pub use env::{ConfigError, Env};
pub use variables::{UsedBy, VARIABLES, Variable};
