//! The frames between the pool and a child.
//!
//! ```text
//! u32 BE header length | header, JSON | u64 BE body length | body
//! ```
//!
//! | from the parent | its body | | from the child | its body |
//! |---|---|---|---|---|
//! | `start` | the documents as they are, one after the other | | `progress` | empty |
//! | `model_answer` | a [`documents::ModelAnswer`] | | `need_model` | a [`documents::ModelRequest`] |
//! | `abandon` | empty | | `done` | a [`documents::Output`] |
//! | | | | `refused` | empty |
//!
//! A task begins with `start` and ends with `done`, `refused` or `abandon`. Every length is checked against a cap, in both
//! directions, before anything is allocated for it.

use std::io::{self, Read, Write};
use std::time::Duration;

use documents::{Limits, Operation, Progress};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::engine::budget::Budget;

/// A header and its cap.
pub(super) trait Header: Serialize + DeserializeOwned {
    /// The most bytes that it may have as JSON.
    const MAX_BYTES: usize;
}

/// File names, passwords and options. A JSON Schema is among those: one of 5 000 described fields has about a megabyte.
impl Header for Order {
    const MAX_BYTES: usize = 4 << 20;
}

/// Numbers, or an error's message: from a process that may have been taken over.
impl Header for Report {
    const MAX_BYTES: usize = 64 << 10;
}

/// The first allocation for a body whose length only its sender vouches for.
const BODY_FIRST_BYTES: u64 = 1 << 20;

/// What the parent tells a child.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
pub(super) enum Order {
    /// Work on the documents in the body.
    Start(Box<Start>),
    /// The model's answer is in the body: go on.
    ModelAnswer,
    /// There is no answer: forget the task.
    Abandon,
}

/// What to do, and with what.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Start {
    /// The documents in the body, in their order.
    pub(super) documents: Vec<Part>,
    pub(super) task: Operation,
    pub(super) limits: Limits,
    pub(super) cpu: Budget,
}

/// A document in a body.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) filename: String,
    pub(super) media_type: Option<String>,
    /// Its length.
    pub(super) bytes: u64,
}

/// What a child tells its parent.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "report", rename_all = "snake_case")]
pub(super) enum Report {
    /// The documents are read so far.
    Progress(Progress),
    /// The body is a question to a model, and the task waits for the answer.
    NeedModel,
    /// The body is the result.
    Done(Cost),
    /// The engine refuses a document, for good.
    Refused { refusal: Refusal, cost: Cost },
}

/// Why the engine refuses a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Refusal {
    /// The rule, as in [`documents::Error::code`].
    pub(super) code: String,
    /// The rule in words.
    pub(super) message: String,
    /// The values behind the words.
    pub(super) details: Option<Value>,
}

/// What a task has cost its child.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cost {
    /// Processor time.
    pub(super) cpu: Duration,
    /// Bytes of the machine's memory that the process holds at the end.
    pub(super) resident_bytes: u64,
}

/// The bytes that go before a body.
pub(super) fn encode_head<H: Header>(header: &H, body_len: u64, body_max: u64) -> io::Result<Vec<u8>> {
    let header = serde_json::to_vec(header)?;
    let header_len = checked_header_len::<H>(header.len())?;
    check_body_len(body_len, body_max)?;
    let mut head = Vec::with_capacity(header.len() + 12);
    head.extend_from_slice(&header_len.to_be_bytes());
    head.extend_from_slice(&header);
    head.extend_from_slice(&body_len.to_be_bytes());
    Ok(head)
}

/// Sends a frame whose head is encoded already. The pieces of the body are written from where they lie.
pub(super) async fn write<W: AsyncWrite + Unpin>(writer: &mut W, head: &[u8], body: &[&[u8]]) -> io::Result<()> {
    writer.write_all(head).await?;
    for piece in body {
        writer.write_all(piece).await?;
    }
    writer.flush().await
}

/// Receives a frame from a process that may have been taken over: its body grows only as bytes arrive.
pub(super) async fn read<H, R>(reader: &mut R, body_max: u64) -> io::Result<(H, Vec<u8>)>
where
    H: Header,
    R: AsyncRead + Unpin,
{
    let mut header = vec![0; checked_header_len::<H>(reader.read_u32().await? as usize)? as usize];
    reader.read_exact(&mut header).await?;
    let body_len = reader.read_u64().await?;
    check_body_len(body_len, body_max)?;
    let mut body = Vec::with_capacity(capacity(body_len.min(BODY_FIRST_BYTES))?);
    reader.take(body_len).read_to_end(&mut body).await?;
    complete(&body, body_len)?;
    Ok((serde_json::from_slice(&header)?, body))
}

/// Sends a frame.
pub(super) fn write_blocking(writer: &mut impl Write, head: &[u8], body: &[u8]) -> io::Result<()> {
    writer.write_all(head)?;
    writer.write_all(body)?;
    writer.flush()
}

/// Receives a frame, or `None` if the sender closed the pipe between frames.
pub(super) fn read_blocking<H: Header>(reader: &mut impl Read, body_max: u64) -> io::Result<Option<(H, Vec<u8>)>> {
    let mut first = [0];
    if reader.read(&mut first)? == 0 {
        return Ok(None);
    }
    let mut rest = [0; 3];
    reader.read_exact(&mut rest)?;
    let header_len = u32::from_be_bytes([first[0], rest[0], rest[1], rest[2]]);
    let mut header = vec![0; checked_header_len::<H>(header_len as usize)? as usize];
    reader.read_exact(&mut header)?;
    let mut body_len = [0; 8];
    reader.read_exact(&mut body_len)?;
    let body_len = u64::from_be_bytes(body_len);
    check_body_len(body_len, body_max)?;
    // One allocation of the right size: the documents count against the child's memory limit.
    let mut body = Vec::with_capacity(capacity(body_len)?);
    reader.take(body_len).read_to_end(&mut body)?;
    complete(&body, body_len)?;
    Ok(Some((serde_json::from_slice(&header)?, body)))
}

fn checked_header_len<H: Header>(len: usize) -> io::Result<u32> {
    match u32::try_from(len) {
        Ok(short) if len <= H::MAX_BYTES => Ok(short),
        _ => Err(invalid(format!("frame header of {len} bytes exceeds its cap of {} bytes", H::MAX_BYTES))),
    }
}

pub(super) fn check_body_len(len: u64, max: u64) -> io::Result<()> {
    if len > max {
        return Err(invalid(format!("frame body of {len} bytes exceeds its cap of {max} bytes")));
    }
    Ok(())
}

fn complete(body: &[u8], expected: u64) -> io::Result<()> {
    if body.len() as u64 == expected { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn capacity(len: u64) -> io::Result<usize> {
    usize::try_from(len).map_err(|_| invalid(format!("frame body of {len} bytes does not fit this machine")))
}

/// The other side has broken the rules above.
pub(super) fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
