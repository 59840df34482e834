//! One connection: request, answer, request, answer.

use std::io;
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};

use super::reply::{End, Wait};
use super::{Received, Reply, Shared};

/// Bytes of a request's head, at most.
const HEAD_MAX_BYTES: usize = 64 * 1024;

pub(super) async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, shared: Shared) {
    let mut stream = BufReader::new(stream);
    // `None`: the client is done, or talks nonsense.
    while let Some(received) = read(&mut stream).await {
        let (number, reply) = shared.begin(received);
        // Dropped with the connection when the service stops to listen.
        let ending = Ending { shared: &shared, number, whole: false };
        if answer(&mut stream, &reply, number, &shared).await.is_err() {
            return;
        }
        ending.whole();
        if reply.end != End::Next || reply.wait == Wait::Close {
            stream.shutdown().await.ok();
            return;
        }
    }
}

/// Notes the end of a request, whatever it is.
struct Ending<'a> {
    shared: &'a Shared,
    number: usize,
    whole: bool,
}

impl Ending<'_> {
    fn whole(mut self) {
        self.whole = true;
    }
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.shared.end(self.number, !self.whole);
    }
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Received> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
        if head.len() > HEAD_MAX_BYTES {
            return None;
        }
    }
    let head = String::from_utf8(head).ok()?;
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or(Ok(0), |(_, value)| value.parse());
    let mut body = vec![0; length.ok()?];
    stream.read_exact(&mut body).await.ok()?;
    let at = Instant::now();
    Some(Received { at, method, target, headers, body, ended: None, abandoned: false, sent: 0 })
}

/// Answers; `Err` when the client went away.
async fn answer(
    stream: &mut BufReader<impl AsyncRead + AsyncWrite + Unpin>,
    reply: &Reply,
    number: usize,
    shared: &Shared,
) -> io::Result<()> {
    if let Some(mut gate) = reply.gate.clone() {
        tokio::select! {
            // A gate that nobody can open any more is open.
            _ = gate.wait_for(|open| *open) => {}
            ended = gone(stream) => return ended,
        }
    }
    match reply.wait {
        Wait::Close => return Ok(()),
        Wait::Forever => return gone(stream).await,
        Wait::For(time) => {
            tokio::select! {
                () = tokio::time::sleep(time) => {}
                ended = gone(stream) => return ended,
            }
        }
    }
    let mut head = format!("HTTP/1.1 {} Scripted\r\n", reply.status);
    reply.headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
    let repeats = reply.end == End::Repeat && reply.length.is_none();
    if repeats {
        head.push_str("transfer-encoding: chunked\r\n\r\n");
    } else if reply.status == 204 {
        head.push_str("\r\n");
    } else {
        head.push_str(&format!("content-length: {}\r\n\r\n", reply.length.unwrap_or(reply.body.len() as u64)));
    }
    stream.write_all(head.as_bytes()).await?;
    loop {
        if repeats {
            stream.write_all(format!("{:x}\r\n", reply.body.len()).as_bytes()).await?;
        }
        stream.write_all(&reply.body).await?;
        if repeats {
            stream.write_all(b"\r\n").await?;
        }
        stream.flush().await?;
        shared.sent(number, reply.body.len() as u64);
        match reply.end {
            End::Repeat => {}
            End::Hang => return gone(stream).await,
            End::Next | End::Close => return Ok(()),
        }
    }
}

/// Waits until the client has closed the connection, which is an error. It has nothing to say before our answer.
async fn gone(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<()> {
    let mut byte = [0];
    while stream.read(&mut byte).await? > 0 {}
    Err(io::ErrorKind::ConnectionAborted.into())
}
