//! What a document may cost, by the number of its pages.

use std::io;
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use rlimit::Resource;
use serde::{Deserialize, Serialize};

/// Time that grows with the pages of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// For a document of no pages, and until their number is known.
    pub base: Duration,
    /// For each page.
    pub page: Duration,
}

impl Budget {
    /// The time for so many pages.
    #[must_use]
    pub fn of(self, pages: u32) -> Duration {
        self.base.saturating_add(self.page.saturating_mul(pages))
    }
}

/// The child's limit on its own processor time, set anew for each document.
#[derive(Debug)]
pub(super) struct CpuLimit {
    budget: Budget,
    /// What the process had used when the document came.
    before: Duration,
    pages: u32,
}

impl CpuLimit {
    /// Gives the process so much more time, from now on.
    pub(super) fn begin(budget: Budget) -> io::Result<Self> {
        let limit = Self { budget, before: used()?, pages: 0 };
        limit.set()?;
        Ok(limit)
    }

    /// The document has so many pages: more time, never less.
    pub(super) fn know(&mut self, pages: u32) -> io::Result<()> {
        if pages <= self.pages {
            return Ok(());
        }
        self.pages = pages;
        self.set()
    }

    /// Only the soft limit moves: over it the kernel sends SIGXCPU, which ends the process and names its cause.
    fn set(&self) -> io::Result<()> {
        let until = self.before.saturating_add(self.budget.of(self.pages));
        // The kernel counts whole seconds.
        let seconds = until.as_secs().saturating_add(1);
        let (_, hard) = Resource::CPU.get()?;
        Resource::CPU.set(seconds.min(hard), hard)
    }

    /// What the document has used so far.
    pub(super) fn used(&self) -> io::Result<Duration> {
        used().map(|now| now.saturating_sub(self.before))
    }
}

/// Processor time of the process, its own and the kernel's for it.
fn used() -> io::Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let micros = |time: nix::sys::time::TimeVal| {
        let seconds = u64::try_from(time.tv_sec()).unwrap_or(0);
        let micros = u64::try_from(time.tv_usec()).unwrap_or(0);
        Duration::from_secs(seconds).saturating_add(Duration::from_micros(micros))
    };
    Ok(micros(usage.user_time()).saturating_add(micros(usage.system_time())))
}

/// Memory of the process that is in the machine's, in bytes; `None` where the system does not tell.
pub(super) fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    kib.checked_mul(1024)
}
