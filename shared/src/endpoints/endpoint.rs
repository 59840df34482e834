//! One `[[endpoint]]`.

use std::sync::Arc;
use std::time::Duration;

use super::limits::{ATTEMPTS_MAX, CONCURRENCY_MAX, MILLIS_MAX, PATH_MAX_CHARS, SCHEDULE_MAX};
use super::read::Reading;
use super::section::{Section, whole};
use super::{schema, upstream};
use crate::domain::{Concurrency, Endpoint, Executor, FailureCode, Lane, RetryPolicy, TIMEOUT_BUT_LONG};

pub(super) const KEYS: &[&str] = &[
    "path",
    "executor",
    "lane",
    "timeout_ms",
    "dispatch_delay_ms",
    "concurrency",
    "concurrency_per_organization",
    "request_schema",
    "retry",
    "upstream",
];

pub(super) const RETRY_KEYS: &[&str] = &["attempts", "schedule_ms", "codes"];

/// The endpoint. What the entry of a built-in path does not say stays as it is built in. After a mistake it is none that
/// could be used.
pub(super) fn read(mut section: Section<'_>, reading: &Reading<'_>) -> Option<Endpoint> {
    let path = path(&section, reading);
    if let Some(path) = path {
        section.place = format!("endpoint[{path}]");
    }
    section.only(KEYS);
    let built_in = reading.built_in.iter().find(|known| Some(&*known.path) == path);
    let mut endpoint = built_in.cloned().unwrap_or_else(|| Endpoint::new(path.unwrap_or_default(), None));
    if let Some(lane) = lane(&section) {
        endpoint.lane = lane;
    }
    timeout(&section, &mut endpoint);
    if let Some(delay) = section.millis("dispatch_delay_ms", 0..=MILLIS_MAX) {
        endpoint.dispatch_delay = delay;
    }
    endpoint.concurrency = concurrency(&section);
    if let Some(retry) = section.section("retry") {
        endpoint.retry = policy(&retry);
    }
    endpoint.request_schema = schema::read(&section, reading).map(Arc::new);
    executor(&section, reading, &mut endpoint);
    path.map(|_| endpoint)
}

fn path<'a>(section: &Section<'a>, reading: &Reading<'_>) -> Option<&'a str> {
    if section.item("path").is_none() {
        section.refuse_all("has no path");
    }
    let (text, item) = (section.text("path")?, section.item("path")?);
    let (count, allowed) = (text.chars().count(), |byte: u8| byte.is_ascii_graphic() && byte != b'?' && byte != b'#');
    if !text.starts_with('/') || !text.bytes().all(allowed) || count > PATH_MAX_CHARS {
        let rule = format!(
            "must begin with / and have up to {PATH_MAX_CHARS} visible ASCII characters without ? and # ({count} characters)"
        );
        return section.refuse(item, "path", rule);
    }
    let long = format!("/v1{text}");
    if reading.built_in.iter().any(|known| *known.path == *long) {
        return section.refuse(item, "path", format!("is the short name of {long}: give that"));
    }
    Some(text)
}

fn lane(section: &Section<'_>) -> Option<Lane> {
    let (text, item) = (section.text("lane")?, section.item("lane")?);
    text.parse().ok().or_else(|| {
        let names = Lane::ALL.map(Lane::as_str).join(", ");
        section.refuse(item, "lane", format!("must be one of {names} ({} characters)", text.chars().count()))
    })
}

fn timeout(section: &Section<'_>, endpoint: &mut Endpoint) {
    if let Some(timeout) = section.millis("timeout_ms", 1..=MILLIS_MAX) {
        endpoint.timeout = timeout;
    }
    // The place is the one of the two that is written down.
    let written = section.item("timeout_ms").map(|item| ("timeout_ms", item));
    let (true, Some((name, item))) = (
        endpoint.lane != Lane::Long && endpoint.timeout > TIMEOUT_BUT_LONG,
        written.or_else(|| section.item("lane").map(|item| ("lane", item))),
    ) else {
        return;
    };
    let most = TIMEOUT_BUT_LONG.as_millis();
    let rule = format!("may be {most} on the lane {}: a longer one needs lane = \"long\"", endpoint.lane);
    section.refuse::<()>(item, name, rule);
}

fn concurrency(section: &Section<'_>) -> Concurrency {
    let number = |name| section.whole(name, 1..=CONCURRENCY_MAX).and_then(|number| u32::try_from(number).ok());
    let (total, per_organization) = (number("concurrency"), number("concurrency_per_organization"));
    if let (Some(total), Some(each)) = (total, per_organization)
        && each > total
        && let Some(item) = section.item("concurrency_per_organization")
    {
        let rule = "must not be more than concurrency, the limit of all organizations together";
        section.refuse::<()>(item, "concurrency_per_organization", rule);
    }
    Concurrency { total, per_organization }
}

fn policy(section: &Section<'_>) -> RetryPolicy {
    section.only(RETRY_KEYS);
    let mut policy = RetryPolicy::default();
    if let Some(attempts) = section.whole("attempts", 1..=ATTEMPTS_MAX).and_then(|number| u16::try_from(number).ok()) {
        policy.attempts = attempts;
    }
    let delay = |item: &_| {
        let number = whole(item).filter(|number| *number <= MILLIS_MAX);
        number.map(Duration::from_millis).ok_or_else(|| format!("must be milliseconds, 0 to {MILLIS_MAX}"))
    };
    if let Some(schedule) = section.list("schedule_ms", delay) {
        if schedule.is_empty() || schedule.len() > SCHEDULE_MAX {
            let rule = format!("must have 1 to {SCHEDULE_MAX} delays ({} are)", schedule.len());
            section.item("schedule_ms").and_then(|item| section.refuse::<()>(item, "schedule_ms", rule));
        }
        policy.schedule = schedule;
    }
    policy.codes = section.list("codes", |item| {
        let code = item.get_ref().as_str().and_then(|text| text.parse::<FailureCode>().ok());
        code.ok_or_else(|| {
            let known: Vec<_> = FailureCode::ALL.iter().map(|code| code.as_str()).collect();
            format!("must be a failure code: {}", known.join(", "))
        })
    });
    policy
}

fn executor(section: &Section<'_>, reading: &Reading<'_>, endpoint: &mut Endpoint) {
    let upstream = section.section("upstream").map(|table| upstream::read(&table, reading));
    let Some(item) = section.item("executor") else {
        if section.item("upstream").is_some() {
            section.refuse_all("has an upstream and is not executed by it: executor = \"http\" is missing");
        }
        return;
    };
    let Some(name) = section.text("executor") else { return };
    match name {
        "documents" => {
            if !matches!(endpoint.executor, Some(Executor::Documents)) {
                let executed = reading.built_in.iter().filter(|known| known.executor.is_some());
                let paths: Vec<_> = executed.map(|known| known.path.as_ref()).collect();
                let rule = format!("the document engine executes {} only", paths.join(", "));
                section.refuse::<()>(item, "executor", rule);
            }
            if section.item("upstream").is_some() {
                section.refuse::<()>(item, "executor", "must be http where there is an upstream");
            }
        }
        "http" => match upstream {
            Some(read) => endpoint.executor = read.map(|upstream| Executor::Http(Arc::new(upstream))),
            None if section.item("upstream").is_some() => {}
            None => {
                section.refuse::<()>(
                    item,
                    "executor",
                    "http needs an upstream: a table [endpoint.upstream] with a url",
                );
            }
        },
        other => {
            let rule = format!("must be one of documents, http ({} characters)", other.chars().count());
            section.refuse::<()>(item, "executor", rule);
        }
    }
}
