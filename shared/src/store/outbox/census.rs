//! How much waits and runs, as the whole fleet sees it.

use crate::domain::Lane;
use crate::store::{Statement, Store, StoreError};

pub(super) const CENSUS: Statement = Statement::new("outbox.census", include_str!("census.sql"));

/// Who floods, and how far is counted.
#[derive(Debug, Clone, Copy)]
pub struct CensusRules {
    /// An organization with more due jobs in a lane floods it.
    pub flooding_from: i64,
    /// Rows that are looked at, at most.
    pub max_rows: i64,
}

/// What there is of a lane and a class of organizations.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The lane.
    pub lane: Lane,
    /// Whether these are the organizations that flood it.
    pub flooding: bool,
    /// Jobs that are due.
    pub queued: i64,
    /// Queued jobs that are not due yet.
    pub waiting: i64,
    /// Jobs that a worker holds.
    pub running: i64,
    /// For how long the oldest of the due ones has been due.
    pub oldest_seconds: f64,
}

/// What there is.
#[derive(Debug, Clone, PartialEq)]
pub struct Census {
    /// One for each lane and class that there is anything of.
    pub counted: Vec<Counted>,
    /// There may be more than was looked at.
    pub truncated: bool,
}

impl Store {
    /// Counts what waits and runs.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn census(&self, rules: CensusRules) -> Result<Census, StoreError> {
        let rows = self.query(CENSUS, &[&rules.flooding_from, &rules.max_rows]).await?;
        let looked: i64 = rows.iter().map(|row| row.get::<_, i64>("looked")).sum();
        let counted = rows.iter().map(|row| {
            Ok(Counted {
                lane: row.get::<_, &str>("lane").parse().map_err(|_| StoreError::Unknown { what: "outbox.lane" })?,
                flooding: row.get("flooding"),
                queued: row.get("queued"),
                waiting: row.get("waiting"),
                running: row.get("running"),
                oldest_seconds: row.get::<_, Option<f64>>("oldest_seconds").unwrap_or(0.0),
            })
        });
        Ok(Census { counted: counted.collect::<Result<_, StoreError>>()?, truncated: looked >= rules.max_rows })
    }
}
