//! Listing jobs, with as much of their payloads as was asked for.

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use shared::store::Store;
use shared::store::jobs::{Body, Cursor, Job, List, Listed};

use super::{Found, Jobs};
use crate::service::keys::Actor;
use crate::service::validation::Violation;
use crate::service::{ServiceError, retry};

/// Payloads of one page that are read back at the same time.
const OPENED_AT_ONCE: usize = 4;

/// What lists are read with.
pub(crate) struct Lists {
    /// Connections of their own.
    pub(crate) store: Store,
    /// Jobs that are looked at for one page, at most.
    pub(crate) scan_max: u32,
}

/// A page of jobs and their payloads.
#[derive(Debug)]
pub(crate) struct FoundPage {
    /// In the order that was asked for.
    pub(crate) jobs: Vec<Found>,
    /// There are more in the direction of travel.
    pub(crate) has_more: bool,
}

impl Jobs {
    /// A page of the jobs of the actor's organization.
    pub(crate) async fn list(&self, actor: Actor, list: List) -> Result<FoundPage, ServiceError> {
        let Lists { store, scan_max } = &self.parts.lists;
        let page = match retry::read(|| store.list_jobs(actor.organization, &list, *scan_max)).await? {
            Listed::Page(page) => page,
            Listed::TooBroad => return Err(ServiceError::FilterTooBroad { scan_max: *scan_max }),
            Listed::UnknownCursor => return Err(ServiceError::InvalidCursor(name_of(list.cursor))),
            Listed::BadPattern => {
                let violation = Violation::new("query.filename_regex", "pattern", "must be a regular expression");
                return Err(ServiceError::Invalid(vec![violation]));
            }
        };
        self.fits_one_answer(&page.jobs)?;
        let jobs = stream::iter(page.jobs.into_iter().map(|job| self.open(job)));
        let jobs = jobs.buffered(OPENED_AT_ONCE).try_collect().await?;
        Ok(FoundPage { jobs, has_more: page.has_more })
    }

    /// A page that the budget of bodies could never hold is the client's to make smaller; to come back later would not help.
    fn fits_one_answer(&self, jobs: &[Job]) -> Result<(), ServiceError> {
        let max_bytes = self.parts.budget.max_bytes();
        let bodies = |job: &Job| {
            let (request, result) = (job.request.as_ref(), job.result.as_ref().map(|result| &result.body));
            request.into_iter().chain(result).map(Body::size).sum::<u64>()
        };
        let bytes: u64 = jobs.iter().map(bodies).sum();
        if bytes <= max_bytes {
            return Ok(());
        }
        let message = format!(
            "must be smaller: the payloads of this page have {bytes} bytes, of the {max_bytes} that all bodies in flight may \
             have (QUIRE_API_BODIES_MAX_BYTES)"
        );
        Err(ServiceError::Invalid(vec![Violation::new("query.limit", "maxBytes", message)]))
    }
}

/// The parameter that gave the cursor.
const fn name_of(cursor: Option<Cursor>) -> &'static str {
    match cursor {
        Some(Cursor::Before(_)) => "before",
        _ => "after",
    }
}
