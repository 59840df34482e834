//! The frames between the pool and a child.
//!
//! ```text
//! u32 BE header length | header, JSON | u64 BE body length | body
//! ```
//!
//! | from the parent | its body | | from the child | its body |
//! |---|---|---|---|---|
//! | `start` | the document as it is | | `progress` | empty |
//! | `model_answer` | a [`documents::ModelAnswer`] | | `need_model` | a [`documents::ModelRequest`] |
//! | `abandon` | empty | | `done` | a [`documents::Output`] |
//! | | | | `refused` | empty |
//!
//! A document begins with `start` and ends with `done`, `refused` or `abandon`. Every length is checked against a cap, in
//! both directions, before anything is allocated for it.

use std::io::{self, Read, Write};
use std::time::Duration;

use documents::{Limits, Operation, Progress};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::engine::budget::Budget;

/// The most that a header may have. A header holds a file name, options (a password among them) and limits, or an error's
/// message.
pub(super) const HEADER_MAX_BYTES: usize = 64 << 10;
/// The first allocation for a body whose length only its sender vouches for.
const BODY_FIRST_BYTES: u64 = 1 << 20;

/// What the parent tells a child.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
pub(super) enum Order {
    /// Work on the document in the body.
    Start(Box<Start>),
    /// The model's answer is in the body: go on.
    ModelAnswer,
    /// There is no answer: forget the document.
    Abandon,
}

/// What to do with a document.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Start {
    pub(super) filename: String,
    pub(super) media_type: Option<String>,
    pub(super) task: Operation,
    pub(super) limits: Limits,
    pub(super) cpu: Budget,
}

/// What a child tells its parent.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "report", rename_all = "snake_case")]
pub(super) enum Report {
    /// The document is read so far.
    Progress(Progress),
    /// The body is a question to a model, and the document waits for the answer.
    NeedModel,
    /// The body is the result.
    Done(Cost),
    /// The engine refuses the document, for good.
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

/// What a document has cost its child.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cost {
    /// Processor time.
    pub(super) cpu: Duration,
    /// Bytes of the machine's memory that the process holds at the end.
    pub(super) resident_bytes: u64,
}

/// The bytes that go before a body.
pub(super) fn encode_head(header: &impl Serialize, body_len: usize, body_max: u64) -> io::Result<Vec<u8>> {
    let header = serde_json::to_vec(header)?;
    let header_len = checked_header_len(header.len())?;
    let body_len = body_len as u64;
    check_body_len(body_len, body_max)?;
    let mut head = Vec::with_capacity(header.len() + 12);
    head.extend_from_slice(&header_len.to_be_bytes());
    head.extend_from_slice(&header);
    head.extend_from_slice(&body_len.to_be_bytes());
    Ok(head)
}

/// Sends a frame whose head is encoded already. The body is written from where it lies.
pub(super) async fn write<W: AsyncWrite + Unpin>(writer: &mut W, head: &[u8], body: &[u8]) -> io::Result<()> {
    writer.write_all(head).await?;
    writer.write_all(body).await?;
    writer.flush().await
}

/// Receives a frame from a process that may have been taken over: its body grows only as bytes arrive.
pub(super) async fn read<H, R>(reader: &mut R, body_max: u64) -> io::Result<(H, Vec<u8>)>
where
    H: DeserializeOwned,
    R: AsyncRead + Unpin,
{
    let mut header = vec![0; checked_header_len(reader.read_u32().await? as usize)? as usize];
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
pub(super) fn read_blocking<H: DeserializeOwned>(
    reader: &mut impl Read,
    body_max: u64,
) -> io::Result<Option<(H, Vec<u8>)>> {
    let mut first = [0];
    if reader.read(&mut first)? == 0 {
        return Ok(None);
    }
    let mut rest = [0; 3];
    reader.read_exact(&mut rest)?;
    let header_len = u32::from_be_bytes([first[0], rest[0], rest[1], rest[2]]);
    let mut header = vec![0; checked_header_len(header_len as usize)? as usize];
    reader.read_exact(&mut header)?;
    let mut body_len = [0; 8];
    reader.read_exact(&mut body_len)?;
    let body_len = u64::from_be_bytes(body_len);
    check_body_len(body_len, body_max)?;
    // One allocation of the right size: the document counts against the child's memory limit.
    let mut body = Vec::with_capacity(capacity(body_len)?);
    reader.take(body_len).read_to_end(&mut body)?;
    complete(&body, body_len)?;
    Ok(Some((serde_json::from_slice(&header)?, body)))
}

fn checked_header_len(len: usize) -> io::Result<u32> {
    match u32::try_from(len) {
        Ok(short) if len <= HEADER_MAX_BYTES => Ok(short),
        _ => Err(invalid(format!("frame header of {len} bytes exceeds its cap of {HEADER_MAX_BYTES} bytes"))),
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
