//! Metrics in the text format of Prometheus.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use super::TelemetryError;
use super::catalog::describe;

/// Histograms keep raw samples until somebody reads them; this is how long, when nobody scrapes.
const UPKEEP_INTERVAL: Duration = Duration::from_secs(5);
/// From a local round trip to the longest time-out of an attempt.
const SECONDS: [f64; 18] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 1_500.0];
/// How many things a batch held.
const SIZES: [f64; 11] = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 5_000.0];
/// From an id to the largest body.
const BYTES: [f64; 9] =
    [256.0, 1_024.0, 4_096.0, 16_384.0, 65_536.0, 262_144.0, 1_048_576.0, 8_388_608.0, 67_108_864.0];

/// Locked while installing: of two first calls at once, one must wait for the other's metrics.
static INSTALLED: Mutex<Option<Metrics>> = Mutex::new(None);

/// The metrics of this process.
#[derive(Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
}

impl Metrics {
    /// Collects the metrics of the whole process from here on. A second call gives the same metrics. Call it inside the
    /// runtime.
    ///
    /// # Errors
    /// [`TelemetryError::Recorder`] when somebody else collects them already.
    pub fn install() -> Result<Self, TelemetryError> {
        let mut installed = INSTALLED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(metrics) = &*installed {
            return Ok(metrics.clone());
        }
        let metrics = Self { handle: builder()?.install_recorder()? };
        describe();
        tokio::spawn(upkeep(metrics.handle.clone()));
        *installed = Some(metrics.clone());
        Ok(metrics)
    }

    /// All metrics, as `text/plain; version=0.0.4`.
    #[must_use]
    pub fn render(&self) -> String {
        self.handle.render()
    }
}

fn builder() -> Result<PrometheusBuilder, BuildError> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .set_buckets_for_metric(Matcher::Suffix("_size".to_owned()), &SIZES)?
        .set_buckets_for_metric(Matcher::Suffix("_bytes".to_owned()), &BYTES)
}

async fn upkeep(handle: PrometheusHandle) {
    let mut interval = tokio::time::interval(UPKEEP_INTERVAL);
    loop {
        interval.tick().await;
        handle.run_upkeep();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_chooses_its_buckets() {
        let recorder = builder().unwrap().build_recorder();
        metrics::with_local_recorder(&recorder, || {
            metrics::histogram!("quire_wait_seconds").record(0.2);
            metrics::histogram!("quire_claim_batch_size").record(3.0);
            metrics::histogram!("quire_request_bytes").record(5_000.0);
            metrics::counter!("quire_jobs_total", "status" => "completed").increment(2);
        });
        let text = recorder.handle().render();
        for line in [
            r#"quire_wait_seconds_bucket{le="0.1"} 0"#,
            r#"quire_wait_seconds_bucket{le="0.25"} 1"#,
            r#"quire_claim_batch_size_bucket{le="5"} 1"#,
            r#"quire_request_bytes_bucket{le="16384"} 1"#,
            r#"quire_jobs_total{status="completed"} 2"#,
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
    }
}
