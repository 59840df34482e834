//! The statements of the store, each alone and against its rivals.

mod accept;
mod cancel;
mod census;
mod claim;
mod expire;
mod extractions;
mod finish;
mod limits;
mod partitions;
mod progress;
mod records;
mod relay;
mod release;
mod removal;
mod rescue;
mod resend;
mod revive;
mod stamp;
mod stopped;
mod upstream;
mod user_retry;
mod window;
