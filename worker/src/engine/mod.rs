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
//! | `child` | the child's side: limits, watchdog |
//! | `sandbox` | what a child may ask of the kernel |
//! | `serve` | the child's conversation: tasks, steps, progress |
//! | `budget` | time by pages, and the child's limit on its processor time |
//! | `process` | the parent's side of one child: start, kill, cause of death |
//! | `converse` | the parent's conversation |
//! | `models` | the way to language models, which children have not |
//! | `pool` | slots, idle children, deadlines |

mod budget;
mod child;
mod converse;
mod models;
mod pool;
mod process;
mod protocol;
mod sandbox;
mod serve;

#[cfg(test)]
mod tests;

pub use budget::Budget;
pub use child::{ChildArgs, run};
pub(crate) use pool::Watch;
pub use pool::{Document, EngineConfig, EngineError, EnginePool, Limit, Task};
