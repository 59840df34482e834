//! Where the objects of a job are.

use crate::domain::JobId;

/// What every object of every job is under.
pub const ROOT: &str = "jobs";

/// What every object of a job is under.
#[must_use]
pub fn prefix(job: JobId) -> String {
    format!("{ROOT}/{job}")
}

/// The job under whose prefix an object is; `None` when it is under that of none.
#[must_use]
pub fn owner(path: &str) -> Option<JobId> {
    let (job, _) = path.strip_prefix(ROOT)?.strip_prefix('/')?.split_once('/')?;
    job.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::Owner;

    #[test]
    fn the_owner_of_an_object_is_in_its_path() {
        let job = JobId::generate(1_760_000_000_000);
        for payload in [Owner::Request(job), Owner::Result(job, 3)] {
            assert_eq!(owner(&payload.text_path()), Some(job));
            assert_eq!(owner(&payload.file_path(0)), Some(job));
        }
        let foreign = [
            format!("jobs/{job}"),
            format!("work/{job}/x"),
            format!("jobs-of-others/{job}/x"),
            "jobs/notes/x".to_owned(),
            "jobs//x".to_owned(),
            String::new(),
        ];
        for path in &foreign {
            assert_eq!(owner(path), None, "{path}");
        }
    }
}
