//! Logs on standard error.

use std::io::IsTerminal as _;
use std::str::FromStr;

use tracing::Subscriber;
use tracing_subscriber::filter::ParseError;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{EnvFilter, Layer, fmt};

/// Libraries that tell at length what we tell ourselves. An operator's filter that names one of them wins.
const QUIET: &str = "lapin=off,deadpool=error,opentelemetry=error,hyper=warn,hyper_util=warn,reqwest=warn,rustls=warn";

/// How an event is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line, for machines.
    #[default]
    Json,
    /// One line of text, for people; with colours on a terminal.
    Pretty,
}

/// A text that names no log format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a log format is one of json, pretty")]
pub struct UnknownLogFormat;

impl FromStr for LogFormat {
    type Err = UnknownLogFormat;

    fn from_str(text: &str) -> Result<Self, UnknownLogFormat> {
        match text {
            "json" => Ok(Self::Json),
            "pretty" => Ok(Self::Pretty),
            _ => Err(UnknownLogFormat),
        }
    }
}

fn filter(directives: &str) -> Result<EnvFilter, ParseError> {
    EnvFilter::builder().parse(format!("{QUIET},{directives}"))
}

/// The filter is this layer's own: `QUIRE_LOG=warn` must not take the spans away from the traces.
pub(super) fn layer<S>(directives: &str, format: LogFormat) -> Result<Box<dyn Layer<S> + Send + Sync>, ParseError>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let layer = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let filter = filter(directives)?;
    Ok(match format {
        LogFormat::Json => {
            layer.json().flatten_event(true).with_current_span(true).with_span_list(false).with_filter(filter).boxed()
        }
        LogFormat::Pretty => layer.with_filter(filter).boxed(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_and_a_wrong_one_is_refused() {
        for good in ["info", "warn,shared::broker=debug", ""] {
            assert!(filter(good).is_ok(), "{good}");
        }
        assert!(filter("shared=verbose=loud").is_err());
    }

    #[test]
    fn the_operator_may_hear_a_quiet_library() {
        let quiet = filter("debug").unwrap().to_string();
        assert!(quiet.contains("lapin=off"), "{quiet}");
        let loud = filter("info,lapin=debug").unwrap().to_string();
        assert!(loud.contains("lapin=debug") && !loud.contains("lapin=off"), "{loud}");
    }

    #[test]
    fn formats_have_names() {
        assert_eq!("json".parse(), Ok(LogFormat::Json));
        assert_eq!("pretty".parse(), Ok(LogFormat::Pretty));
        assert_eq!("JSON".parse::<LogFormat>(), Err(UnknownLogFormat));
    }
}
