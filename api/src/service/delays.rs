//! How long new jobs wait before they are dispatched, endpoint by endpoint.

use std::collections::HashMap;
use std::time::Duration;

use shared::domain::Endpoint;

/// Longest delay: a day.
const MAX_MS: u64 = 86_400_000;

/// The delays that are not zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DispatchDelays(HashMap<&'static str, Duration>);

impl DispatchDelays {
    /// Reads a list of `endpoint=milliseconds`. `None` when an endpoint is not known or named twice, or a number is none.
    #[must_use]
    pub fn parse(list: &str) -> Option<Self> {
        let mut delays = HashMap::new();
        for part in list.split(',').filter(|_| !list.is_empty()) {
            let (endpoint, millis) = part.split_once('=')?;
            let endpoint = Endpoint::find(endpoint.trim()).ok()?;
            let millis: u64 = millis.trim().parse().ok().filter(|millis| *millis <= MAX_MS)?;
            if delays.insert(endpoint.path, Duration::from_millis(millis)).is_some() {
                return None;
            }
        }
        Some(Self(delays))
    }

    /// The delay of an endpoint.
    pub(crate) fn of(&self, endpoint: &Endpoint) -> Duration {
        self.0.get(endpoint.path).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_are_read_by_endpoint() {
        let delays = DispatchDelays::parse("/v1/documents/parse=1500, /documents/split = 20").unwrap();
        let of = |path| delays.of(Endpoint::find(path).unwrap());
        assert_eq!(of("/v1/documents/parse"), Duration::from_millis(1500));
        assert_eq!(of("/v1/documents/split"), Duration::from_millis(20));
        assert_eq!(of("/v1/documents/extract"), Duration::ZERO);
        assert_eq!(DispatchDelays::parse(""), Some(DispatchDelays::default()));
    }

    #[test]
    fn what_is_no_list_of_delays_is_refused() {
        for bad in [
            "/v1/nothing=1",
            "/v1/documents/parse",
            "/v1/documents/parse=x",
            "/v1/documents/parse=-1",
            "/v1/documents/parse=86400001",
            "/v1/documents/parse=1,/documents/parse=2",
            ",",
        ] {
            assert_eq!(DispatchDelays::parse(bad), None, "{bad}");
        }
    }
}
