//! Lists of an organization's jobs: a walk along an index in the order of ids, page after page.

mod filter;
mod walk;

use tokio_postgres::Row;
use tokio_postgres::error::SqlState;
use uuid::Uuid;

pub use filter::{Filter, Source};
pub(in crate::store) use walk::STATEMENTS as WALKS;

use super::get::{Include, Job, found};
use crate::domain::{JobId, OrganizationId};
use crate::store::{Statement, Store, StoreError};

pub(super) const CURSOR: Statement = Statement::new(
    "jobs.cursor",
    "-- jobs.cursor
select exists (select from jobs where id = $1 and organization_id = $2) as known",
);

/// The job beside which a page lies, itself not on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cursor {
    /// The page after this job.
    After(JobId),
    /// The page before this job.
    Before(JobId),
}

impl Cursor {
    const fn job(self) -> JobId {
        match self {
            Self::After(job) | Self::Before(job) => job,
        }
    }
}

/// A page to be listed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// What its jobs have.
    pub filter: Filter,
    /// The oldest job first.
    pub ascending: bool,
    /// Where it lies; at the beginning when nothing is said.
    pub cursor: Option<Cursor>,
    /// Jobs on it, at most.
    pub limit: u16,
    /// The payloads to read.
    pub include: Include,
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The jobs, in the order that was asked for.
    pub jobs: Vec<Job>,
    /// There are more in the direction of travel.
    pub has_more: bool,
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Listed {
    /// The page.
    Page(Page),
    /// The organization has no job of the cursor's id.
    UnknownCursor,
    /// The page was not full when as many jobs as may be had been looked at, or when the time was over.
    TooBroad,
    /// PostgreSQL cannot read the pattern.
    BadPattern,
}

impl Store {
    /// A page of an organization's jobs, for which up to `scan_max` of them are looked at.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn list_jobs(
        &self,
        organization: OrganizationId,
        list: &List,
        scan_max: u32,
    ) -> Result<Listed, StoreError> {
        if let Some(cursor) = list.cursor {
            let rows = self.query(CURSOR, &[&cursor.job().uuid(), &organization.uuid()]).await?;
            if !rows.first().is_some_and(|row| row.get("known")) {
                return Ok(Listed::UnknownCursor);
            }
        }
        let (Some((walk, asks_record)), Some((low, high))) = (list.filter.walk(), bounds(list)) else {
            return Ok(Listed::Page(Page::default()));
        };
        let limit = i64::from(list.limit);
        // A page that nothing narrows is not too broad, however low the bound is set.
        let scan_max = i64::from(scan_max).max(limit + 1);
        let filter = &list.filter;
        let types = (!filter.document_types.is_empty()).then_some(&filter.document_types);
        let metadata = filter.metadata.clone().map(serde_json::Value::Object);
        let answer = self
            .query(
                walk.statement(is_descending(list)),
                &[
                    &organization.uuid(),
                    &low,
                    &high,
                    &scan_max,
                    &limit,
                    &filter.status.map(|status| status.as_str()),
                    &filter.endpoint,
                    &filter.source.map(Source::as_str),
                    &filter.project_id,
                    &filter.workflow_id,
                    &filter.workflow_node_id,
                    &filter.model,
                    &filter.file_name_pattern,
                    &filter.file_name_part,
                    &types,
                    &metadata,
                    &asks_record,
                    &list.include.request,
                    &list.include.response,
                ],
            )
            .await;
        match answer {
            Ok(rows) => page(list, &rows),
            Err(error) => refusal(error),
        }
    }
}

/// Whether ids descend in the direction of travel.
const fn is_descending(list: &List) -> bool {
    // The page before a job is travelled to against the order.
    list.ascending == matches!(list.cursor, Some(Cursor::Before(_)))
}

/// The first and the last id that may be on the page; `None` when there is none between them.
fn bounds(list: &List) -> Option<(Uuid, Uuid)> {
    let filter = &list.filter;
    let mut low = filter.from_millis.map_or(0, first_of);
    let mut high = match filter.until_millis {
        Some(millis) => first_of(millis).checked_sub(1)?,
        None => u128::MAX,
    };
    if let Some(job) = filter.job {
        low = low.max(job.uuid().as_u128());
        high = high.min(job.uuid().as_u128());
    }
    if let Some(cursor) = list.cursor {
        let job = cursor.job().uuid().as_u128();
        if is_descending(list) {
            high = high.min(job.checked_sub(1)?);
        } else {
            low = low.max(job.checked_add(1)?);
        }
    }
    (low <= high).then(|| (Uuid::from_u128(low), Uuid::from_u128(high)))
}

/// The smallest id of an instant: a UUIDv7 begins with its time, in 48 bits.
const fn first_of(millis: u64) -> u128 {
    (millis as u128) << 80
}

fn page(list: &List, rows: &[Row]) -> Result<Listed, StoreError> {
    let limit = usize::from(list.limit);
    let beyond = rows.last().is_some_and(|row| row.get("beyond"));
    if beyond && rows.len() <= limit {
        return Ok(Listed::TooBroad);
    }
    let mut jobs = rows.iter().take(limit).map(found).collect::<Result<Vec<_>, _>>()?;
    if matches!(list.cursor, Some(Cursor::Before(_))) {
        jobs.reverse();
    }
    Ok(Listed::Page(Page { jobs, has_more: rows.len() > limit }))
}

fn refusal(error: StoreError) -> Result<Listed, StoreError> {
    match &error {
        StoreError::Busy { source, .. } if source.code() == Some(&SqlState::QUERY_CANCELED) => Ok(Listed::TooBroad),
        StoreError::Data { source, .. } if source.code() == Some(&SqlState::INVALID_REGULAR_EXPRESSION) => {
            Ok(Listed::BadPattern)
        }
        _ => Err(error),
    }
}
