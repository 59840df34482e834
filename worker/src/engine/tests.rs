use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;

use documents::{Limits, ParseOptions};

use crate::engine::process::{Death, Tail, classify};
use crate::engine::protocol::{self, HEADER_MAX_BYTES, Reply, Request};

const BODY_MAX: u64 = 16;

fn request(filename: &str) -> Request {
    let (options, limits) = (ParseOptions::default(), Limits::default());
    Request { filename: filename.to_owned(), media_type: Some("text/plain".to_owned()), options, limits }
}

fn frame(body: &[u8]) -> Vec<u8> {
    [protocol::encode_head(&request("a.txt"), body.len(), u64::MAX).unwrap(), body.to_vec()].concat()
}

fn read(mut bytes: &[u8]) -> io::Result<Option<(Request, Vec<u8>)>> {
    protocol::read_blocking(&mut bytes, BODY_MAX)
}

#[track_caller]
fn check_invalid<T: std::fmt::Debug>(read: io::Result<T>, message: &str) {
    let error = read.unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), (io::ErrorKind::InvalidData, message));
}

#[test]
fn a_frame_is_lengths_in_network_order_a_json_header_and_the_body_as_it_is() {
    let head = protocol::encode_head(&Reply::Parsed, 3, BODY_MAX).unwrap();
    assert_eq!(head, b"\0\0\0\x14{\"outcome\":\"parsed\"}\0\0\0\0\0\0\0\x03");
}

#[tokio::test]
async fn requests_and_replies_cross_the_pipe_whole() {
    let mut pipe = Vec::new();
    let head = protocol::encode_head(&request("a.txt"), 4, BODY_MAX).unwrap();
    protocol::write(&mut pipe, &head, b"\0\xff\r\n").await.unwrap();
    assert_eq!(read(&pipe).unwrap(), Some((request("a.txt"), b"\0\xff\r\n".to_vec())));

    let mut pipe = Vec::new();
    let refused = Reply::Refused { code: "document_invalid".to_owned(), message: "no".to_owned() };
    let head = protocol::encode_head(&refused, 0, BODY_MAX).unwrap();
    protocol::write_blocking(&mut pipe, &head, b"").unwrap();
    let read: (Reply, Vec<u8>) = protocol::read(&mut pipe.as_slice(), BODY_MAX).await.unwrap();
    assert_eq!(read, (refused, Vec::new()));
}

#[tokio::test]
async fn the_end_of_the_pipe_is_clean_between_frames_only() {
    assert_eq!(read(b"").unwrap(), None);
    let whole = frame(b"body");
    for cut in 1..whole.len() {
        assert_eq!(read(&whole[..cut]).unwrap_err().kind(), io::ErrorKind::UnexpectedEof, "cut at {cut}");
        let cut_reply = protocol::read::<Request, _>(&mut &whole[..cut], BODY_MAX).await;
        assert_eq!(cut_reply.unwrap_err().kind(), io::ErrorKind::UnexpectedEof, "cut at {cut}");
    }
}

#[tokio::test]
async fn lengths_over_their_caps_are_refused_by_both_ends() {
    let body = frame(&[0; 17]);
    let body_message = "frame body of 17 bytes exceeds its cap of 16 bytes";
    check_invalid(read(&body), body_message);
    check_invalid(protocol::read::<Request, _>(&mut body.as_slice(), BODY_MAX).await, body_message);
    check_invalid(protocol::encode_head(&request("a.txt"), 17, BODY_MAX), body_message);

    let header_message = "frame header of 4294967295 bytes exceeds its cap of 65536 bytes";
    check_invalid(read(&[0xff; 64]), header_message);
    check_invalid(protocol::read::<Request, _>(&mut [0xff; 64].as_slice(), BODY_MAX).await, header_message);
    assert!(protocol::encode_head(&request(&"x".repeat(HEADER_MAX_BYTES)), 0, BODY_MAX).is_err());
}

#[test]
fn a_header_that_is_no_request_is_an_error() {
    let head = protocol::encode_head(&Reply::Parsed, 0, BODY_MAX).unwrap();
    assert_eq!(read(&head).unwrap_err().kind(), io::ErrorKind::InvalidData);
}

#[test]
fn the_cause_of_death_is_lack_of_memory_or_a_crash() {
    let (killed, aborted, exited) = (ExitStatus::from_raw(9), ExitStatus::from_raw(6), ExitStatus::from_raw(101 << 8));
    let crash = |signal, exit, tail: &str| Death::Crash { signal, exit, stderr_tail: tail.to_owned() };
    assert_eq!(classify(killed, String::new()), Death::OutOfMemory);
    assert_eq!(classify(aborted, "memory allocation of 64 bytes failed".to_owned()), Death::OutOfMemory);
    assert_eq!(classify(aborted, "stack overflow".to_owned()), crash(Some(6), None, "stack overflow"));
    assert_eq!(classify(exited, "panicked".to_owned()), crash(None, Some(101), "panicked"));
}

#[test]
fn only_the_end_of_standard_error_is_kept() {
    let mut tail = Tail::default();
    for _ in 0..100 {
        tail.push(&[b'x'; 100]);
    }
    tail.push(b"the end\n");
    let text = tail.into_text();
    assert!(text.ends_with("xthe end"));
    assert_eq!(text.len(), 4095); // 4 KiB less the line feed
}
