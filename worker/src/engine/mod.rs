//! The document engine behind a process boundary: a warm pool of child processes, each this same binary run as
//! `quire-worker engine`.
//!
//! Documents come from strangers, and what hostile ones do to a parser (follow 10^40 drawings, inflate 20 KiB to 8 GiB,
//! recurse until the stack ends) can only be ended from outside. A child holds no credentials, has an empty environment,
//! inherits no descriptor that this program opened but its three pipes, reads one request at a time and is killed at its
//! deadline.
//!
//! | file | |
//! |---|---|
//! | `protocol` | the frames on the pipes |
//! | `child` | the child's side: limits, watchdog, request loop |
//! | `process` | the parent's side of one child: start, call, kill, cause of death |
//! | `pool` | slots, idle children, deadlines |

mod child;
mod pool;
mod process;
mod protocol;

#[cfg(test)]
mod tests;

pub use child::{ChildArgs, run};
pub use pool::{EngineConfig, EngineError, EnginePool, ParseRequest};
