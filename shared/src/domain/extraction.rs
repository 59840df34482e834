//! The names of extractions.

use std::fmt;

use super::JobId;

/// The name of the extraction that a generation of a job makes, unless the client has chosen one: `extr_` with the job's
/// letters, and the number of the generation behind a hyphen if the client has retried the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtractionId {
    job: JobId,
    generation: i32,
}

const PREFIX: &str = "extr_";

impl ExtractionId {
    /// The name for this generation of this job.
    #[must_use]
    pub const fn of(job: JobId, generation: i32) -> Self {
        Self { job, generation }
    }

    /// The job whose extraction this text names; `None` for a name that a client has thought of.
    #[must_use]
    pub fn job_of(text: &str) -> Option<JobId> {
        let (letters, rest) = text.strip_prefix(PREFIX)?.split_at_checked(JobId::LETTERS)?;
        let generation = rest.strip_prefix('-').unwrap_or(rest);
        let is_whole = rest.is_empty() || generation.len() < rest.len() && generation.parse::<u32>().is_ok();
        format!("{}{letters}", JobId::PREFIX).parse().ok().filter(|_| is_whole)
    }
}

impl fmt::Display for ExtractionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let job = self.job.to_string();
        f.write_str(PREFIX)?;
        f.write_str(job.trim_start_matches(JobId::PREFIX))?;
        if self.generation == 0 { Ok(()) } else { write!(f, "-{}", self.generation) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_extraction_leads_back_to_its_job() {
        let job = JobId::generate(1_700_000_000_000);
        for generation in [0, 1, 12] {
            let name = ExtractionId::of(job, generation).to_string();
            assert!(name.starts_with(PREFIX), "{name}");
            assert_eq!(ExtractionId::job_of(&name), Some(job), "{name}");
        }
        for other in ["", "extr_", "extr_mine", "extr_ééééééééééé", &format!("{job}"), &format!("extr_{job}")]
        {
            assert_eq!(ExtractionId::job_of(other), None, "{other}");
        }
    }
}
