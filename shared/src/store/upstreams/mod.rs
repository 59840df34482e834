//! Endpoints whose upstream is in trouble, as the whole fleet sees it.

use std::time::Duration;

use super::{Statement, Store, StoreError};

const LIST: Statement = Statement::new(
    "upstreams.list",
    "-- upstreams.list
select endpoint, allowed, greatest(0, extract(epoch from held_until - now()))::float8 as held
from upstream_states
order by endpoint",
);
const TROUBLE: Statement = Statement::new("upstreams.trouble", include_str!("trouble.sql"));
const RECOVER: Statement = Statement::new("upstreams.recover", include_str!("recover.sql"));
const FORGET: Statement = Statement::new(
    "upstreams.forget",
    "-- upstreams.forget
delete from upstream_states where changed_at < now() - make_interval(secs => $1) returning endpoint",
);

pub(super) const STATEMENTS: &[Statement] = &[LIST, TROUBLE, RECOVER, FORGET];

/// An endpoint that is in trouble.
#[derive(Debug, Clone, PartialEq)]
pub struct UpstreamState {
    /// Its path.
    pub endpoint: String,
    /// Attempts that may run at once.
    pub allowed: i32,
    /// For so long nothing is tried.
    pub held: Duration,
}

/// What is wrong with an upstream that was well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It does not work: nothing is sent to it for a while, then one trial at a time.
    Broken,
    /// It works, and has too much to do: half of what it had.
    Overloaded,
}

/// For how long an upstream is left alone.
#[derive(Debug, Clone, Copy)]
pub struct HoldRules {
    /// The first time.
    pub first: Duration,
    /// Doubled with each time up to this, which a `Retry-After` cannot exceed either.
    pub most: Duration,
}

impl Store {
    /// Every endpoint that is in trouble.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn upstream_states(&self) -> Result<Vec<UpstreamState>, StoreError> {
        let rows = self.query(LIST, &[]).await?;
        let state = |row: &tokio_postgres::Row| UpstreamState {
            endpoint: row.get("endpoint"),
            allowed: row.get("allowed"),
            held: Duration::try_from_secs_f64(row.get("held")).unwrap_or_default(),
        };
        Ok(rows.iter().map(state).collect())
    }

    /// Notes that an attempt, which began so long `ago`, has shown trouble at these endpoints, and answers those whose
    /// state it changed. One that was held since the attempt began is known to be in trouble.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn upstream_trouble(
        &self,
        endpoints: &[&str],
        trouble: Trouble,
        ago: Duration,
        retry_after: Option<Duration>,
        rules: HoldRules,
    ) -> Result<Vec<String>, StoreError> {
        let broken = trouble == Trouble::Broken;
        let wait = retry_after.unwrap_or_default().min(rules.most).as_secs_f64();
        let (first, most) = (rules.first.as_secs_f64(), rules.most.as_secs_f64());
        let rows = self.query(TROUBLE, &[&endpoints, &broken, &ago.as_secs_f64(), &wait, &first, &most]).await?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }

    /// Notes that an attempt, which began so long `ago`, had an answer: one more may run. `true` when all is well again.
    ///
    /// # Errors
    /// [`StoreError`]; a repetition lets one more run.
    pub async fn upstream_recovers(&self, endpoint: &str, ago: Duration) -> Result<bool, StoreError> {
        let rows = self.query(RECOVER, &[&endpoint, &ago.as_secs_f64()]).await?;
        Ok(!rows.is_empty())
    }

    /// Forgets the trouble of endpoints that nothing was heard of for so long.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn forget_upstreams(&self, unchanged_for: Duration) -> Result<usize, StoreError> {
        Ok(self.query(FORGET, &[&unchanged_for.as_secs_f64()]).await?.len())
    }
}
