//! The child's conversation with its parent: tasks one after the other, each step by step.

use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

use documents::{Engine, Error, Output, Progress, Source, Step};
use serde_json::json;

use crate::engine::budget::{CpuLimit, resident};
use crate::engine::protocol::{self, Cost, Order, Part, Refusal, Report, Start};

/// How often progress is told, at most: its readers look less often, and a text page takes a millisecond.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

/// The two pipes.
pub(super) struct Pipes<R, W> {
    pub(super) input: R,
    pub(super) output: W,
    /// The most bytes in the body of one frame.
    pub(super) frame_max_bytes: u64,
}

/// How a task ended.
#[derive(Debug)]
pub(super) enum Ending {
    Done(Output),
    Refused(Refusal),
    /// The parent wants no more of it.
    Abandoned,
}

/// Works on tasks until the parent closes the pipe.
pub(super) fn serve<R: Read, W: Write>(engine: &mut Engine, pipes: &mut Pipes<R, W>) -> io::Result<()> {
    while let Some((order, body)) = pipes.receive()? {
        let Order::Start(start) = order else {
            return Err(protocol::invalid("an answer to nothing".to_owned()));
        };
        let mut cpu = CpuLimit::begin(start.cpu)?;
        let ending = work(engine, &start, &body, &mut cpu, pipes)?;
        drop(body);
        let cost = Cost { cpu: cpu.used()?, resident_bytes: resident().unwrap_or(0) };
        pipes.end(ending, cost)?;
    }
    Ok(())
}

fn work<R: Read, W: Write>(
    engine: &mut Engine,
    start: &Start,
    body: &[u8],
    cpu: &mut CpuLimit,
    pipes: &mut Pipes<R, W>,
) -> io::Result<Ending> {
    let sources = sources(&start.documents, body)?;
    let mut told = Told { last: None, at: Instant::now(), broken: None };
    let step = engine.start(&start.task, &sources, &start.limits, &mut |progress| {
        let outcome = cpu.know(progress.total).and_then(|()| told.tell(progress, pipes));
        if let Err(error) = outcome {
            told.broken.get_or_insert(error);
        }
    });
    match told.broken {
        Some(error) => Err(error),
        None => follow(engine, step, pipes),
    }
}

/// The documents of a body.
fn sources<'a>(parts: &'a [Part], mut body: &'a [u8]) -> io::Result<Vec<Source<'a>>> {
    let mut sources = Vec::with_capacity(parts.len());
    for Part { filename, media_type, bytes } in parts {
        let (document, rest) = usize::try_from(*bytes)
            .ok()
            .and_then(|length| body.split_at_checked(length))
            .ok_or_else(|| protocol::invalid("documents longer than their frame".to_owned()))?;
        sources.push(Source { bytes: document, filename, media_type: media_type.as_deref() });
        body = rest;
    }
    if body.is_empty() { Ok(sources) } else { Err(protocol::invalid("documents shorter than their frame".to_owned())) }
}

/// Follows an operation from its first stop to its end.
pub(super) fn follow<R: Read, W: Write>(
    engine: &mut Engine,
    mut step: Result<Step, Error>,
    pipes: &mut Pipes<R, W>,
) -> io::Result<Ending> {
    loop {
        let (request, suspended) = match step {
            Ok(Step::Done(output)) => return Ok(Ending::Done(output)),
            Err(error) => return Ok(Ending::Refused(refusal(&error))),
            Ok(Step::NeedModel(request, suspended)) => (request, suspended),
        };
        let question = serde_json::to_vec(&request)?;
        if let Err(error) = pipes.check(&question) {
            return Ok(Ending::Refused(too_large("model request", &error)));
        }
        pipes.send(&Report::NeedModel, &question)?;
        step = match pipes.receive()? {
            Some((Order::ModelAnswer, answer)) => suspended.resume(engine, serde_json::from_slice(&answer)?),
            Some((Order::Abandon, _)) => return Ok(Ending::Abandoned),
            Some((Order::Start(_), _)) => return Err(protocol::invalid("a task within another".to_owned())),
            None => return Err(io::ErrorKind::UnexpectedEof.into()),
        };
    }
}

/// Progress as it was told last.
struct Told {
    last: Option<Progress>,
    at: Instant,
    broken: Option<io::Error>,
}

impl Told {
    /// Tells what is new about stage and total at once, and pages from time to time.
    fn tell<R, W: Write>(&mut self, progress: Progress, pipes: &mut Pipes<R, W>) -> io::Result<()> {
        let known = self.last.is_some_and(|last| (last.stage, last.total) == (progress.stage, progress.total));
        if known && self.at.elapsed() < PROGRESS_EVERY {
            return Ok(());
        }
        (self.last, self.at) = (Some(progress), Instant::now());
        pipes.send(&Report::Progress(progress), b"")
    }
}

impl<R: Read, W> Pipes<R, W> {
    fn receive(&mut self) -> io::Result<Option<(Order, Vec<u8>)>> {
        protocol::read_blocking(&mut self.input, self.frame_max_bytes)
    }
}

impl<R, W: Write> Pipes<R, W> {
    fn send(&mut self, report: &Report, body: &[u8]) -> io::Result<()> {
        let head = protocol::encode_head(report, body.len() as u64, self.frame_max_bytes)?;
        protocol::write_blocking(&mut self.output, &head, body)
    }

    fn end(&mut self, ending: Ending, cost: Cost) -> io::Result<()> {
        match ending {
            Ending::Done(output) => {
                let result = serde_json::to_vec(&output)?;
                match self.check(&result) {
                    Ok(()) => self.send(&Report::Done(cost), &result),
                    // The text fits its own limit and its JSON not the frame's: another limit that the document exceeds.
                    Err(error) => self.send(&Report::Refused { refusal: too_large("result", &error), cost }, b""),
                }
            }
            Ending::Refused(refusal) => self.send(&Report::Refused { refusal, cost }, b""),
            Ending::Abandoned => Ok(()),
        }
    }
}

impl<R, W> Pipes<R, W> {
    fn check(&self, body: &[u8]) -> io::Result<()> {
        protocol::check_body_len(body.len() as u64, self.frame_max_bytes)
    }
}

fn refusal(error: &Error) -> Refusal {
    let details = match error {
        Error::LimitExceeded { limit, cap, actual, .. } => {
            Some(json!({ "limit": limit, "max": cap, "actual": actual }))
        }
        _ => None,
    };
    Refusal { code: error.code().to_owned(), message: error.to_string(), details }
}

fn too_large(what: &str, error: &io::Error) -> Refusal {
    Refusal {
        code: "document_limit_exceeded".to_owned(),
        message: format!("{what} is too large: {error}"),
        details: Some(json!({ "limit": "result_bytes" })),
    }
}
