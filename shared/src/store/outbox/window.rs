//! How much of an organization's work the broker may hold in a lane.

/// So many messages for each slot of the living fleet, within bounds: whoever comes next waits behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Published and unclaimed messages, at most.
    pub most: i64,
    /// Of these, for each attempt that the fleet can run at once.
    pub per_slot: i64,
}
