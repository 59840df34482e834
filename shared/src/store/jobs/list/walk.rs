//! The texts of the lists: one statement for each way of walking and each direction.
//!
//! Every text has the same shape. A *walk* reads an index in the order of ids, candidate after candidate; the *filter*
//! looks at each until the page is full or `$4` candidates have been looked at. Nothing is read ahead: the walk, the
//! numbering and the filter stream. What the filter asks of other tables it asks by key, in scalar subqueries and in
//! laterals with a limit, because the planner can make no hash, no join and no sort of these.

use crate::store::Statement;

/// Where the candidates come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Walk {
    /// The organization's jobs.
    Organization,
    /// Its jobs of one endpoint.
    Endpoint,
    /// Its jobs of one project.
    Project,
    /// Its jobs of one workflow.
    Workflow,
    /// Its jobs of one workflow node.
    Node,
    /// Its jobs of any project.
    Projects,
    /// Its jobs of any workflow.
    Workflows,
    /// Its queued jobs.
    Queued,
    /// Its jobs in progress.
    Running,
    /// Its jobs that ended in one way and are still kept.
    Ended,
    /// Its jobs that nobody started in time, and those that ended and are kept no more.
    Expired,
}

/// Candidates of one way of walking, unordered: `$1` is the organization, `$2` and `$3` the bounds of their ids.
macro_rules! candidates {
    (jobs) => {
        "select id, null::integer as generation from jobs where organization_id = $1 and id between $2 and $3"
    };
    (records: $and:literal) => {
        concat!(
            "select id, null::integer as generation from job_records
      where organization_id = $1 and id between $2 and $3 and ",
            $and
        )
    };
    ($table:ident by $key:ident) => {
        concat!(
            "select ",
            stringify!($key),
            " as id, null::integer as generation from ",
            stringify!($table),
            " where organization_id = $1 and ",
            stringify!($key),
            " between $2 and $3"
        )
    };
    (events: $status:literal, $and:literal) => {
        concat!(
            "select id, generation from job_events
      where organization_id = $1 and id between $2 and $3 and status = ",
            $status,
            $and
        )
    };
}

/// Several ways at once, each in the order of ids, so that they are merged and not sorted.
macro_rules! merged {
    ($order:literal: $first:expr $(, $next:expr)* $(,)?) => {
        concat!("(", $first, " order by id ", $order, ")", $("\n      union all\n      (", $next, " order by id ", $order, ")"),*)
    };
}

/// The ends of one status that are younger than any expired job can be, unless its time was moved by hand: a few are
/// looked at.
macro_rules! moved {
    ($status:literal, $order:literal) => {
        concat!(
            "select id, generation from (",
            candidates!(events: $status, " and id >= (select youngest_expired())"),
            " order by id ",
            $order,
            " limit 32) m"
        )
    };
}

macro_rules! walk {
    (organization, $order:literal) => {
        candidates!(jobs)
    };
    (endpoint, $order:literal) => {
        candidates!(records: "endpoint = $7")
    };
    (project, $order:literal) => {
        candidates!(records: "project_id = $9")
    };
    (workflow, $order:literal) => {
        candidates!(records: "workflow_id = $10")
    };
    (node, $order:literal) => {
        candidates!(records: "workflow_node_id = $11")
    };
    (projects, $order:literal) => {
        candidates!(records: "project_id is not null")
    };
    (workflows, $order:literal) => {
        candidates!(records: "workflow_id is not null")
    };
    (queued, $order:literal) => {
        candidates!(outbox by job_id)
    };
    (running, $order:literal) => {
        candidates!(running by job_id)
    };
    (ended, $order:literal) => {
        merged!(
            $order:
            candidates!(events: "$6::text::job_status", " and id >= (select oldest_kept())"),
            candidates!(
                events: "$6::text::job_status",
                " and id < (select oldest_kept()) and generation > 0 and at >= (select oldest_kept_end())"
            ),
        )
    };
    (expired, $order:literal) => {
        merged!(
            $order:
            candidates!(events: "'expired'", ""),
            candidates!(events: "'completed'", " and id < (select youngest_expired())"),
            candidates!(events: "'failed'", " and id < (select youngest_expired())"),
            candidates!(events: "'cancelled'", " and id < (select youngest_expired())"),
            moved!("'completed'", $order),
            moved!("'failed'", $order),
            moved!("'cancelled'", $order),
        )
    };
}

/// `matching.sql` is the filter, `shown.sql` what is read of the jobs of a page.
macro_rules! list {
    ($walk:ident, $order:literal) => {
        Statement::new(
            concat!("jobs.list_", stringify!($walk), "_", $order),
            concat!(
                "-- jobs.list_",
                stringify!($walk),
                "_",
                $order,
                "\nwith page as materialized (
  select c.id, c.n
  from (
    select w.id, w.generation, row_number() over (order by w.id ",
                $order,
                ") as n
    from (
      ",
                walk!($walk, $order),
                "
      order by id ",
                $order,
                "
      limit $4::bigint + 1
    ) w
  ) c
  where ",
                include_str!("matching.sql"),
                "
  order by c.id ",
                $order,
                "
  limit $5::bigint + 1
)
",
                include_str!("shown.sql"),
            ),
        )
    };
}

macro_rules! lists {
    ($($variant:ident $walk:ident),* $(,)?) => {
        /// Every list, descending and ascending.
        pub(in crate::store) const STATEMENTS: &[Statement] = &[$(list!($walk, "desc"), list!($walk, "asc")),*];

        impl Walk {
            /// Its statement. Descending ids are the younger jobs first.
            pub(super) const fn statement(self, descending: bool) -> Statement {
                match (self, descending) {
                    $(
                        (Self::$variant, true) => list!($walk, "desc"),
                        (Self::$variant, false) => list!($walk, "asc"),
                    )*
                }
            }
        }
    };
}

lists! {
    Organization organization,
    Endpoint endpoint,
    Project project,
    Workflow workflow,
    Node node,
    Projects projects,
    Workflows workflows,
    Queued queued,
    Running running,
    Ended ended,
    Expired expired,
}
