//! One trace across processes, in the `traceparent` of W3C Trace Context.
//!
//! It is kept as text: in the job's row and in the message. So a client's trace survives a Quire that exports no traces
//! itself.

use std::fmt;
use std::str::FromStr;

use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// The length of version 00, and of what later versions start with.
const LENGTH: usize = 55;

/// A valid `traceparent`: where in which trace something happens. Displayed as version 00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Traceparent {
    trace: TraceId,
    span: SpanId,
    sampled: bool,
}

/// A text that is no `traceparent`; the specification says to go on as if there were none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a traceparent of W3C Trace Context")]
pub struct InvalidTraceparent;

impl Traceparent {
    /// The trace's id, 32 lower-case hex digits.
    #[must_use]
    pub fn trace_id(&self) -> String {
        self.trace.to_string()
    }

    fn context(self) -> SpanContext {
        let flags = if self.sampled { TraceFlags::SAMPLED } else { TraceFlags::default() };
        SpanContext::new(self.trace, self.span, flags, true, TraceState::default())
    }
}

impl fmt::Display for Traceparent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{}-{}-{:02x}", self.trace, self.span, u8::from(self.sampled))
    }
}

impl FromStr for Traceparent {
    type Err = InvalidTraceparent;

    fn from_str(text: &str) -> Result<Self, InvalidTraceparent> {
        parse_traceparent(text).ok_or(InvalidTraceparent)
    }
}

/// Reads a `traceparent`: 00 exactly, a later version as far as 00 goes.
#[must_use]
pub fn parse_traceparent(text: &str) -> Option<Traceparent> {
    let version = text.get(..2)?;
    let is_whole = text.len() == LENGTH || (version != "00" && text.as_bytes().get(LENGTH) == Some(&b'-'));
    let mut fields = text.get(..LENGTH)?.split('-');
    let mut hex = |digits: usize| {
        let lower_hex = |digit: u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
        fields.next().filter(|field| field.len() == digits && field.bytes().all(lower_hex))
    };
    let (version, trace, span, flags) = (hex(2)?, hex(32)?, hex(16)?, hex(2)?);
    let parsed = Traceparent {
        trace: TraceId::from_hex(trace).ok()?,
        span: SpanId::from_hex(span).ok()?,
        sampled: u8::from_str_radix(flags, 16).ok()? & 1 == 1,
    };
    let is_valid = is_whole && version != "ff" && parsed.trace != TraceId::INVALID && parsed.span != SpanId::INVALID;
    is_valid.then_some(parsed)
}

/// The trace of the current span, 32 lower-case hex digits; `None` when this process exports no traces.
#[must_use]
pub fn current_trace_id() -> Option<String> {
    place_of(&Span::current()).map(|place| place.trace_id())
}

/// Where the current span is, for whoever continues it elsewhere; `None` when this process exports no traces.
#[must_use]
pub fn current_traceparent() -> Option<String> {
    traceparent_of(&Span::current())
}

/// [`current_traceparent`] of `span`.
#[must_use]
pub fn traceparent_of(span: &Span) -> Option<String> {
    place_of(span).map(|place| place.to_string())
}

fn place_of(span: &Span) -> Option<Traceparent> {
    let context = span.context();
    let context = context.span().span_context().clone();
    let (trace, span, sampled) = (context.trace_id(), context.span_id(), context.is_sampled());
    context.is_valid().then_some(Traceparent { trace, span, sampled })
}

/// Makes `span`, which must be new, a child of what `traceparent` names. An invalid one changes nothing.
pub fn set_parent(span: &Span, traceparent: &str) {
    if let Some(parent) = parse_traceparent(traceparent) {
        let parent = opentelemetry::Context::new().with_remote_span_context(parent.context());
        // It fails when this process exports no traces, which is how most run.
        let _not_exported = span.set_parent(parent);
    }
}

/// Says that `span` was caused by what `traceparent` names without being part of it: a retry, a batch. An invalid one
/// changes nothing.
pub fn link(span: &Span, traceparent: &str) {
    if let Some(cause) = parse_traceparent(traceparent) {
        span.add_link(cause.context());
    }
}

#[cfg(test)]
mod tests {
    use opentelemetry::trace::TracerProvider as _;
    use opentelemetry_sdk::trace::SdkTracerProvider;
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    const VALID: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_traceparent_is_read_and_written() {
        let parsed = parse_traceparent(VALID).unwrap();
        assert_eq!(parsed.to_string(), VALID);
        assert_eq!(parsed.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(VALID.parse(), Ok(parsed));

        let unsampled = VALID.replace("-01", "-00");
        assert_eq!(parse_traceparent(&unsampled).unwrap().to_string(), unsampled);
    }

    #[test]
    fn a_later_version_is_read_as_far_as_it_is_known() {
        assert_eq!(parse_traceparent(&VALID.replacen("00", "cc", 1)).unwrap().to_string(), VALID);
        let longer = format!("{}-more", VALID.replacen("00", "01", 1));
        assert_eq!(parse_traceparent(&longer).unwrap().to_string(), VALID);
        // Flags that are not known are not passed on.
        assert_eq!(parse_traceparent(&VALID.replace("-01", "-03")).unwrap().to_string(), VALID);
    }

    #[test]
    fn what_the_specification_refuses_is_refused() {
        let refused = [
            String::new(),
            "00".to_owned(),
            format!("{VALID}-more"),
            format!("{VALID}x"),
            format!(" {VALID}"),
            format!("{}x", VALID.replacen("00", "01", 1)),
            VALID.replacen("00", "ff", 1),
            VALID.replacen("00", "0g", 1),
            VALID.to_uppercase(),
            VALID.replace("4bf92f3577b34da6a3ce929d0e0e4736", &"0".repeat(32)),
            VALID.replace("00f067aa0ba902b7", &"0".repeat(16)),
            VALID.replace("4bf9", "+bf9"),
            VALID.replace('-', "_"),
            "é".repeat(30),
        ];
        for text in refused {
            assert_eq!(parse_traceparent(&text), None, "{text}");
        }
    }

    #[test]
    fn a_span_continues_the_trace_it_is_given() {
        let provider = SdkTracerProvider::builder().build();
        let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            let span = tracing::info_span!("child");
            set_parent(&span, VALID);
            let ours = span.in_scope(current_traceparent).unwrap();
            let ours = parse_traceparent(&ours).unwrap();
            let given = parse_traceparent(VALID).unwrap();
            assert_eq!(ours.trace, given.trace);
            assert_ne!(ours.span, given.span);

            let root = tracing::info_span!("root");
            set_parent(&root, "nonsense");
            assert_ne!(parse_traceparent(&traceparent_of(&root).unwrap()).unwrap().trace, given.trace);
        });
    }

    #[test]
    fn without_export_there_is_nothing_to_continue() {
        tracing::subscriber::with_default(tracing_subscriber::registry(), || {
            let span = tracing::info_span!("child");
            set_parent(&span, VALID);
            link(&span, VALID);
            assert_eq!(traceparent_of(&span), None);
        });
    }
}
