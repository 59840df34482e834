//! The invariants of docs/architecture.md as SQL: each query answers the rows that break one.

use tokio_postgres::Client;

/// What must be true of the tables at every moment when nothing is being written.
#[derive(Debug, Clone, Copy)]
pub struct Invariant {
    /// The rule.
    pub rule: &'static str,
    /// A query for what breaks it: one text column.
    breaches: &'static str,
}

/// Breaches of one rule that are shown.
const SHOWN: usize = 5;

/// All of them.
pub const INVARIANTS: &[Invariant] = &[
    Invariant {
        rule: "the outbox holds the queued jobs, each at its current sequence, and nothing else",
        breaches: "
            select format('%s %s: job at %s, outbox at %s', coalesce(j.id, o.job_id), j.status, j.dispatch_seq, o.seq)
            from (select * from jobs where status = 'queued') j
            full join outbox o on o.job_id = j.id
            where o.seq is distinct from j.dispatch_seq",
    },
    Invariant {
        rule: "running holds the jobs in progress, each with its lease, and nothing else",
        breaches: "
            select format('%s %s: job of %s, lease of %s', coalesce(j.id, r.job_id), j.status, j.worker_id, r.worker_id)
            from (select * from jobs where status = 'in_progress') j
            full join running r on r.job_id = j.id
            where (r.lease_token, r.worker_id, r.organization_id)
              is distinct from (j.lease_token, j.worker_id, j.organization_id)",
    },
    Invariant {
        rule: "attempts are numbered from 1 to attempt_count without a gap",
        breaches: "
            select format('%s: attempt_count %s, %s rows up to %s', j.id, j.attempt_count, count(a.id), max(a.attempt))
            from jobs j
            left join job_attempts a on a.id = j.id
            group by j.id, j.attempt_count
            having count(a.id) <> j.attempt_count or coalesce(max(a.attempt), 0) <> j.attempt_count",
    },
    Invariant {
        rule: "an attempt is open exactly while its job is in progress, and it is the last one",
        breaches: "
            select format('%s %s: %s open, of them %s the last', j.id, j.status, count(a.id),
              count(a.id) filter (where a.attempt = j.attempt_count))
            from jobs j
            left join job_attempts a on a.id = j.id and a.ended_at is null
            group by j.id, j.status
            having count(a.id) <> (j.status = 'in_progress')::integer
              or count(a.id) filter (where a.attempt = j.attempt_count) <> count(a.id)",
    },
    Invariant {
        rule: "leases of a job do not overlap",
        // The times are those at which transactions began: they may cross a little on a busy machine.
        breaches: "
            select format('%s: attempt %s began %s before the one before it ended', later.id, later.attempt,
              earlier.ended_at - later.started_at)
            from job_attempts later
            join job_attempts earlier on earlier.id = later.id and earlier.attempt = later.attempt - 1
            where later.started_at < earlier.ended_at - interval '1 second'",
    },
    Invariant {
        rule: "a job has a result of its generation exactly when it is completed and its day has not passed",
        breaches: "
            select format('%s %s: result of %s', coalesce(j.id, r.id), j.status, r.generation)
            from (select * from jobs where status = 'completed') j
            full join job_results r on r.id = j.id and r.generation = j.generation
            where j.id is null or r.id is null and j.expires_on >= (now() at time zone 'utc')::date",
    },
    Invariant {
        rule: "an extraction stands beside the result of its generation, and its name for one job",
        breaches: "
            select format('%s generation %s: %s', x.id, x.generation, x.extraction_id)
            from job_extractions x
            left join job_results r on r.expires_on = x.expires_on and r.id = x.id and r.generation = x.generation
            where r.id is null or exists (
              select
              from job_extractions y
              where y.organization_id = x.organization_id and y.extraction_id = x.extraction_id and y.id <> x.id
            )",
    },
    Invariant {
        rule: "a generation ends once at most",
        breaches: "
            select format('%s generation %s: %s', id, generation, string_agg(status::text, ', '))
            from job_events
            group by id, generation
            having count(*) > 1",
    },
    Invariant {
        rule: "an ended job has the event of its end, an open one has none",
        breaches: "
            select format('%s %s: event %s', j.id, j.status, e.status)
            from jobs j
            left join job_events e on e.id = j.id and e.generation = j.generation
            where (case when j.status in ('completed', 'failed', 'cancelled', 'expired') then j.status end)
              is distinct from e.status",
    },
    Invariant {
        rule: "a generation has an error exactly when it failed",
        breaches: "
            select format('%s generation %s: event %s, error %s', coalesce(e.id, x.id), e.generation, e.status, x.code)
            from (select * from job_events where status = 'failed') e
            full join job_errors x on x.id = e.id and x.generation = e.generation
            where e.id is null or x.id is null",
    },
    Invariant {
        rule: "no job uses more attempts than its budget",
        breaches: "
            select format('%s: %s attempts, base %s, %s crashes, %s releases, budget %s', id, attempt_count,
              attempt_base, crash_count, released_count, max_attempts)
            from jobs
            where attempt_count - attempt_base - crash_count - released_count not between 0 and max_attempts",
    },
    Invariant {
        rule: "counts of crashes and releases are those of this generation's attempts",
        breaches: "
            select format('%s: %s crashes, %s releases counted', j.id, j.crash_count, j.released_count)
            from jobs j
            left join job_attempts a on a.id = j.id and a.generation = j.generation
            group by j.id, j.crash_count, j.released_count
            having count(*) filter (where a.outcome = 'lost') <> j.crash_count
              or count(*) filter (where a.outcome = 'released') <> j.released_count",
    },
    Invariant {
        rule: "every job has its record and, until its day has passed, its request",
        breaches: "
            select format('%s: record %s, request %s', j.id, r.id is not null, p.id is not null)
            from jobs j
            left join job_records r on r.id = j.id
            left join job_payloads p on p.id = j.id and p.expires_on = j.expires_on
            where r.id is null or p.id is null and j.expires_on >= (now() at time zone 'utc')::date",
    },
    Invariant {
        rule: "a request is stored once",
        breaches: "select id::text from job_payloads group by id having count(*) > 1",
    },
    Invariant {
        rule: "an idempotency key names a job of its organization",
        breaches: "
            select format('%s %s: %s', k.organization_id, k.key, k.job_id)
            from idempotency_keys k
            left join jobs j on j.id = k.job_id
            where k.organization_id is distinct from j.organization_id",
    },
];

/// Every breach of every invariant, in words.
///
/// # Panics
/// When the database does not answer.
pub async fn breaches(client: &Client) -> Vec<String> {
    let mut found = Vec::new();
    for invariant in INVARIANTS {
        let rows =
            client.query(invariant.breaches, &[]).await.unwrap_or_else(|error| panic!("{}: {error:?}", invariant.rule));
        let shown: Vec<&str> = rows.iter().take(SHOWN).map(|row| row.get(0)).collect();
        if !shown.is_empty() {
            found.push(format!("{}: {} breaches: {}", invariant.rule, rows.len(), shown.join("; ")));
        }
    }
    found
}

/// Fails the test when an invariant is broken.
///
/// # Panics
/// When one is.
pub async fn assert_sound(client: &Client) {
    let found = breaches(client).await;
    assert!(found.is_empty(), "the audit found:\n{}", found.join("\n"));
}

/// Jobs that have not ended, and what the outbox and running still hold.
///
/// # Panics
/// When the database does not answer.
pub async fn unfinished(client: &Client) -> Vec<String> {
    const OPEN: &str = "
        select format('job %s %s, attempt %s', id, status, attempt_count)
        from jobs where status in ('validating', 'queued', 'in_progress')
        union all select format('outbox row of %s at %s', job_id, seq) from outbox
        union all select format('lease of %s on %s', worker_id, job_id) from running";
    let rows = client.query(OPEN, &[]).await.expect("jobs can be read");
    rows.iter().map(|row| row.get(0)).collect()
}
