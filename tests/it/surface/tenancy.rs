//! Every statement that a client's request can run names the organization.

use shared::store::{Statement, all_statements};

/// Tables whose rows belong to an organization.
const OWNED: [&str; 12] = [
    "jobs",
    "job_records",
    "job_payloads",
    "job_results",
    "job_extractions",
    "extraction_ids",
    "job_attempts",
    "job_errors",
    "job_events",
    "idempotency_keys",
    "outbox",
    "running",
];

/// Statements that do without, each with what stands in for the organization.
const FLEET: &[(&str, &str)] = &[
    ("extractions.purge_names", "maintenance: deletes by age alone and answers nothing"),
    ("idempotency.purge", "maintenance: deletes by age alone and answers nothing"),
    ("jobs.claim", "the worker: ids come from the broker's messages, and the claim answers whose each job is"),
    ("jobs.claim_limited", "the worker: ids come from the broker's messages, and the claim answers whose each job is"),
    ("jobs.claim_lock", "the worker: which endpoints the jobs of the broker's messages are of"),
    ("jobs.expire", "maintenance: what is due, whoever's it is"),
    ("jobs.finish", "the worker: ids with their lease tokens"),
    ("jobs.look", "the worker: ids of messages that could not be claimed"),
    ("jobs.missing", "maintenance: whether anybody owns what is in the object store"),
    ("jobs.release", "the worker: ids with their lease tokens"),
    ("jobs.rescue", "maintenance: leases that ran out, whoever's they are"),
    ("outbox.census", "maintenance: how much waits and runs, whoever's it is"),
    ("outbox.peek", "the relay: when the next message is due"),
    ("outbox.relay", "the relay: what is due, whoever's it is, and it answers whose"),
    ("outbox.resend", "the relay: lost messages, whoever's they are"),
    ("outbox.revive", "maintenance: dead letters, whoever's they are"),
    ("outbox.stamp", "the api and the relay: messages that the broker has just confirmed to this process"),
    ("outbox.unpublish", "an operator's command after a restore: every queued job, whoever's it is"),
    ("partitions.day_held", "maintenance: whether any job still needs a day's partitions"),
    ("partitions.month_held", "maintenance: whether any job still needs a month's partitions"),
    ("running.heartbeat", "the worker: ids with their lease tokens"),
    ("running.progress", "the worker: ids with their lease tokens"),
    ("upstreams.trouble", "the worker: how many jobs of an endpoint run, whoever's they are"),
];

/// The words of a statement, comments left out.
fn words(statement: &Statement) -> Vec<String> {
    let code = statement.sql.lines().map(|line| line.split("--").next().unwrap_or_default());
    let letters = |letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '$');
    code.flat_map(|line| line.split(letters)).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Whether it reads or writes a table whose rows are owned.
fn touches_owned(statement: &Statement) -> bool {
    words(statement).windows(2).any(|pair| {
        matches!(pair[0].as_str(), "from" | "join" | "into" | "update" | "using") && OWNED.contains(&pair[1].as_str())
    })
}

/// Whether a row is chosen or written by its owner.
fn names_owner(statement: &Statement) -> bool {
    let text = words(statement).join(" ");
    // `organization_id = $2`, or of a batch: `k.organization_id = b.organization_id`.
    (0..10).any(|number| text.contains(&format!("organization_id ${number}")))
        || text.contains("organization_id b organization_id")
}

#[test]
fn every_statement_takes_the_organization_or_says_why_not() {
    let mut wrong = Vec::new();
    for statement in all_statements().iter().filter(|statement| touches_owned(statement)) {
        let excused = FLEET.iter().any(|(name, _)| *name == statement.name);
        match (names_owner(statement), excused) {
            (false, false) => wrong.push(format!("{}: takes no organization", statement.name)),
            (true, true) => wrong.push(format!("{}: needs no excuse", statement.name)),
            _ => {}
        }
    }
    for (name, _) in FLEET {
        if !all_statements().iter().any(|statement| statement.name == *name) {
            wrong.push(format!("{name}: there is no such statement"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_statement_without_the_organization_is_seen() {
    let named = |sql| Statement { name: "jobs.test", sql };
    let without = named("-- organization_id = $1 is only said here\nselect 1 from jobs where id = $1");
    assert!(touches_owned(&without) && !names_owner(&without));
    let with = named("select 1 from jobs j where j.id = $1 and j.organization_id = $2");
    assert!(touches_owned(&with) && names_owner(&with));
    assert!(!touches_owned(&named("select 1 from workers")));
}
