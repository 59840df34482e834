//! Every metric of Quire, with what it means: the text on `/metrics` and the table of docs/operations.md.

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

/// How a metric is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricKind {
    /// Only grows while its process lives.
    Counter,
    /// As it is now.
    Gauge,
    /// How the values are spread.
    Histogram,
}

/// One metric.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Its name.
    pub name: &'static str,
    /// How it is read.
    pub kind: MetricKind,
    /// Its labels, each followed by a comma but the last; empty when it has none.
    pub labels: &'static str,
    /// What it counts or measures.
    pub about: &'static str,
}

impl MetricKind {
    /// The word of the documentation.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

macro_rules! metrics {
    ($($kind:ident $name:ident { $labels:literal } $about:literal;)+) => {
        /// Every metric. The last word of a name is its unit: seconds, bytes, or how many in a batch (`size`); all others
        /// are counts.
        pub const METRICS: &[Metric] = &[$(Metric {
            name: stringify!($name),
            kind: MetricKind::$kind,
            labels: $labels,
            about: $about,
        },)+];
    };
}

metrics! {
    Gauge quire_jobs_queued { "lane, class" } "Jobs that are due and wait for a slot. `class` is their organization's: `flooding` when more than QUIRE_FAIRNESS_WINDOW of its jobs are due in the lane, else `steady`.";
    Gauge quire_jobs_running { "lane, class" } "Jobs that a worker holds.";
    Gauge quire_jobs_waiting { "lane" } "Queued jobs that are not due yet: delayed, or between two attempts.";
    Gauge quire_queue_oldest_seconds { "lane" } "For how long the job that has waited longest has been due.";
    Gauge quire_census_truncated { "" } "1 when more jobs are queued than one census counts (QUIRE_CENSUS_MAX_ROWS): the four above then say at least how many.";
    Histogram quire_queue_wait_seconds { "lane, endpoint" } "From when a job was due until a worker claimed it.";
    Gauge quire_attempts_in_flight { "lane" } "Attempts that this worker is running.";
    Counter quire_attempts_total { "endpoint, outcome" } "Attempts that ended: completed, failed, retried, released, cancelled, fenced, unrecorded.";
    Histogram quire_attempt_seconds { "endpoint" } "From an attempt's claim until its end was recorded.";
    Counter quire_retries_total { "endpoint, code" } "Attempts that failed and will be followed by another.";
    Counter quire_failures_total { "endpoint, code" } "Attempts by whose failure a job failed.";
    Gauge quire_retries_waiting { "" } "Retries that wait in this worker until they are announced to the broker.";
    Counter quire_retries_announced_total { "through, result" } "Retries announced by their worker, through a rung or the exchange of the lanes; all others are the relay's.";
    Counter quire_dead_letters_total { "lane, result" } "Messages that the broker gave up: their job is sent again (`revived`), or they were `stale`.";
    Gauge quire_queue_ready_messages { "queue" } "Messages in the queues of dead letters, of retries and in quarantine.";
    Counter quire_fenced_total { "" } "Attempts whose lease had been taken when they ended, cancels aside: their result went nowhere.";
    Counter quire_rescues_total { "by" } "Jobs taken from lost workers: their lease ran out (`expiry`) or their message came again (`redelivery`).";
    Counter quire_resent_total { "lane" } "Messages that were lost and are sent again.";
    Counter quire_relayed_total { "lane" } "Messages that the relay published from the outbox.";
    Gauge quire_lane_ready_messages { "lane" } "Messages that the broker holds ready, when the relay last asked.";
    Counter quire_messages_dropped_total { "lane" } "Messages that named nothing to claim: a job that has ended, moved on or is held.";
    Counter quire_redeliveries_parked_total { "lane" } "Messages of running jobs that came again; their leases are watched.";
    Counter quire_claims_deferred_total { "lane" } "Claims of jobs whose endpoint had no room: the relay sends them again when it has.";
    Gauge quire_upstream_allowed { "endpoint" } "Attempts that an endpoint in trouble may run at once in the whole fleet; infinite when all is well.";
    Gauge quire_upstream_held { "endpoint" } "1 while nothing is sent to the endpoint's upstream, because it is in trouble.";
    Counter quire_upstream_trips_total { "endpoint" } "Times that this worker found an endpoint's upstream in trouble.";
    Histogram quire_claim_batch_size { "" } "Jobs claimed by one statement.";
    Histogram quire_finish_batch_size { "" } "Ends recorded by one statement.";
    Histogram quire_heartbeat_seconds { "" } "One renewal of all leases of a worker.";
    Counter quire_cancels_sent_total { "result" } "Words to workers that a job was cancelled.";
    Counter quire_cancels_received_total { "result" } "Such words that reached this worker.";
    Counter quire_jobs_accepted_total { "endpoint" } "Jobs created.";
    Counter quire_jobs_cancelled_total { "from" } "Jobs cancelled by clients, by the status that they had.";
    Counter quire_jobs_retried_total { "endpoint" } "Jobs retried by clients.";
    Counter quire_jobs_retries_repeated_total { "" } "Retries by clients that were the same one, sent again.";
    Counter quire_dispatch_delayed_total { "reason" } "Creates and retries answered 202: the broker did not confirm in time.";
    Counter quire_stamps_dropped_total { "" } "Confirms that were not noted: each costs one message that changes nothing.";
    Histogram quire_accept_batch_size { "" } "Jobs accepted by one statement.";
    Gauge quire_accept_queue_depth { "" } "Creates that wait for a statement.";
    Counter quire_accept_refused_total { "" } "Creates answered 503 because too many waited.";
    Counter quire_accept_retries_total { "" } "Statements that accept jobs and were sent again.";
    Counter quire_accept_splits_total { "" } "Batches that PostgreSQL refused and that were halved.";
    Gauge quire_bodies_in_flight_bytes { "" } "Bodies of requests and answers that this api holds in memory.";
    Counter quire_http_requests_total { "method, route, status" } "Requests answered.";
    Histogram quire_http_request_seconds { "method, route, status" } "From a request's head until its answer's.";
    Gauge quire_store_connections { "pool, state" } "Connections to PostgreSQL of this process: `open`, and of these `in_use`.";
    Histogram quire_store_statement_seconds { "statement" } "One statement, as this process saw it.";
    Counter quire_store_conflicts_total { "statement" } "Statements that were rolled back in a conflict and sent again.";
    Gauge quire_broker_connected { "role" } "1 while the publisher, or the consumer, has its connection.";
    Counter quire_broker_publish_total { "result" } "Messages published, by what became of them.";
    Gauge quire_broker_publish_in_flight { "" } "Messages that the broker has not confirmed yet.";
    Histogram quire_broker_confirm_seconds { "" } "From a message's hand-over until its confirm.";
    Counter quire_broker_ack_total { "result" } "Deliveries acknowledged.";
    Counter quire_broker_consumer_restarts_total { "queue" } "Consumers that ended and were started again.";
    Counter quire_broker_undecodable_total { "lane, reason" } "Messages that could not be understood and were put aside.";
    Counter quire_engine_children_started_total { "" } "Processes of the document engine that were started.";
    Counter quire_engine_children_killed_total { "reason" } "Those that were killed for what they did.";
    Counter quire_engine_children_died_total { "reason" } "Those that died by themselves.";
    Counter quire_expired_total { "" } "Jobs that nobody started before their data expired.";
    Counter quire_idempotency_keys_purged_total { "" } "Idempotency keys deleted because of their age.";
    Counter quire_objects_deleted_total { "by" } "Objects deleted with their jobs (`removal`) or found to belong to none (`sweep`).";
    Gauge quire_partitions_ahead { "table" } "Partitions made for days or months to come.";
    Counter quire_partitions_made_total { "" } "Partitions made.";
    Counter quire_partitions_dropped_total { "table" } "Partitions whose time was over and that were dropped.";
    Counter quire_partitions_blocked_total { "" } "Partitions whose removal was put off because a transaction held them.";
    Gauge quire_partitions_waiting { "table" } "Partitions that are due and still there.";
    Histogram quire_maintenance_seconds { "reconciler" } "One round of a reconciler.";
    Counter quire_maintenance_failures_total { "reconciler" } "Rounds that failed; each is tried again.";
    Counter quire_endpoints_reload_total { "result" } "Times that the file of endpoints was read again at SIGHUP.";
    Counter quire_telemetry_export_failures_total { "" } "Batches of spans that no collector took.";
}

/// Says on `/metrics` what each metric means.
pub(super) fn describe() {
    for metric in METRICS {
        match (metric.kind, unit(metric.name)) {
            (MetricKind::Counter, unit) => describe_counter!(metric.name, unit, metric.about),
            (MetricKind::Gauge, unit) => describe_gauge!(metric.name, unit, metric.about),
            (MetricKind::Histogram, unit) => describe_histogram!(metric.name, unit, metric.about),
        }
    }
}

fn unit(name: &str) -> Unit {
    if name.ends_with("_seconds") {
        Unit::Seconds
    } else if name.ends_with("_bytes") {
        Unit::Bytes
    } else {
        Unit::Count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_they_are() {
        let mut names: Vec<&str> = METRICS.iter().map(|metric| metric.name).collect();
        for metric in METRICS {
            assert_eq!(metric.name.ends_with("_total"), metric.kind == MetricKind::Counter, "{}", metric.name);
            assert!(metric.about.ends_with('.') && metric.name.starts_with("quire_"), "{}", metric.name);
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), METRICS.len(), "a metric is described twice");
    }
}
