mod conversation;
mod sandbox;

use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;
use std::time::Duration;

use documents::{Limits, Operation, ParseOptions, ReadOptions};
use serde_json::json;

use crate::engine::budget::Budget;
use crate::engine::process::{Death, Tail, classify};
use crate::engine::protocol::{self, Cost, Header as _, Order, Part, Refusal, Report, Start};

const BODY_MAX: u64 = 16;
const BUDGET: Budget = Budget { base: Duration::from_secs(60), page: Duration::from_secs(2) };

fn start(filename: &str, bytes: u64) -> Order {
    let media_type = Some("text/plain".to_owned());
    starting(vec![Part { filename: filename.to_owned(), media_type, bytes }], Operation::Parse(ParseOptions::default()))
}

fn starting(documents: Vec<Part>, task: Operation) -> Order {
    Order::Start(Box::new(Start { documents, task, limits: Limits::default(), cpu: BUDGET }))
}

fn frame(body: &[u8]) -> Vec<u8> {
    let length = body.len() as u64;
    [protocol::encode_head(&start("a.txt", length), length, u64::MAX).unwrap(), body.to_vec()].concat()
}

fn read(mut bytes: &[u8]) -> io::Result<Option<(Order, Vec<u8>)>> {
    protocol::read_blocking(&mut bytes, BODY_MAX)
}

#[track_caller]
fn check_invalid<T: std::fmt::Debug>(read: io::Result<T>, message: &str) {
    let error = read.unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), (io::ErrorKind::InvalidData, message));
}

#[test]
fn a_frame_is_lengths_in_network_order_a_json_header_and_the_body_as_it_is() {
    let head = protocol::encode_head(&Order::ModelAnswer, 3, BODY_MAX).unwrap();
    assert_eq!(head, b"\0\0\0\x18{\"order\":\"model_answer\"}\0\0\0\0\0\0\0\x03");
}

#[tokio::test]
async fn orders_and_reports_cross_the_pipe_whole() {
    let mut pipe = Vec::new();
    let head = protocol::encode_head(&start("a.txt", 4), 4, BODY_MAX).unwrap();
    protocol::write(&mut pipe, &head, &[&b"\0\xff"[..], b"\r\n"]).await.unwrap();
    assert_eq!(read(&pipe).unwrap(), Some((start("a.txt", 4), b"\0\xff\r\n".to_vec())));

    let refusal = Refusal {
        code: "document_limit_exceeded".to_owned(),
        message: "no".to_owned(),
        details: Some(json!({ "limit": "max_pages", "max": u64::MAX })),
    };
    let cost = Cost { cpu: Duration::from_nanos(1_000_000_001), resident_bytes: u64::MAX };
    let refused = Report::Refused { refusal, cost };
    let mut pipe = Vec::new();
    let head = protocol::encode_head(&refused, 0, BODY_MAX).unwrap();
    protocol::write_blocking(&mut pipe, &head, b"").unwrap();
    let read: (Report, Vec<u8>) = protocol::read(&mut pipe.as_slice(), BODY_MAX).await.unwrap();
    assert_eq!(read, (refused, Vec::new()));
}

#[test]
fn a_password_crosses_the_pipe_and_is_not_shown() {
    let options = ReadOptions { password: Some("hunter2".to_owned()), ..ReadOptions::default() };
    let order = starting(Vec::new(), Operation::Parse(ParseOptions { read: options, ..ParseOptions::default() }));
    let head = protocol::encode_head(&order, 0, BODY_MAX).unwrap();
    let (came, _) = self::read(&head).unwrap().unwrap();
    assert_eq!(came, order);
    assert!(!format!("{came:?}").contains("hunter2"), "{came:?}");
}

#[tokio::test]
async fn the_end_of_the_pipe_is_clean_between_frames_only() {
    assert_eq!(read(b"").unwrap(), None);
    let whole = frame(b"body");
    for cut in 1..whole.len() {
        assert_eq!(read(&whole[..cut]).unwrap_err().kind(), io::ErrorKind::UnexpectedEof, "cut at {cut}");
        let cut_reply = protocol::read::<Order, _>(&mut &whole[..cut], BODY_MAX).await;
        assert_eq!(cut_reply.unwrap_err().kind(), io::ErrorKind::UnexpectedEof, "cut at {cut}");
    }
}

#[tokio::test]
async fn lengths_over_their_caps_are_refused_by_both_ends() {
    let body = frame(&[0; 17]);
    let body_message = "frame body of 17 bytes exceeds its cap of 16 bytes";
    check_invalid(read(&body), body_message);
    check_invalid(protocol::read::<Order, _>(&mut body.as_slice(), BODY_MAX).await, body_message);
    check_invalid(protocol::encode_head(&start("a.txt", 17), 17, BODY_MAX), body_message);

    let header_message = |cap: usize| format!("frame header of 4294967295 bytes exceeds its cap of {cap} bytes");
    check_invalid(read(&[0xff; 64]), &header_message(Order::MAX_BYTES));
    let report = protocol::read::<Report, _>(&mut [0xff; 64].as_slice(), BODY_MAX).await;
    check_invalid(report, &header_message(64 << 10));
    assert!(protocol::encode_head(&start(&"x".repeat(Order::MAX_BYTES), 0), 0, BODY_MAX).is_err());
}

#[test]
fn a_header_that_is_no_order_is_an_error() {
    let head = protocol::encode_head(&Report::NeedModel, 0, BODY_MAX).unwrap();
    assert_eq!(read(&head).unwrap_err().kind(), io::ErrorKind::InvalidData);
}

#[test]
fn the_cause_of_death_is_a_limit_a_kill_or_a_crash() {
    let by_signal = |signal, tail: &str| classify(ExitStatus::from_raw(signal), tail.to_owned());
    let by_exit = |code: i32, tail: &str| classify(ExitStatus::from_raw(code << 8), tail.to_owned());
    let crash = |signal, exit, tail: &str| Death::Crash { signal, exit, stderr_tail: tail.to_owned() };
    assert_eq!(by_signal(9, ""), Death::Killed);
    assert_eq!(by_signal(24, ""), Death::OutOfCpu);
    assert_eq!(by_signal(6, "memory allocation of 64 bytes failed"), Death::OutOfMemory);
    assert_eq!(by_signal(6, "stack overflow"), crash(Some(6), None, "stack overflow"));
    assert_eq!(by_exit(101, "panicked"), crash(None, Some(101), "panicked"));
    assert_eq!(by_exit(78, "no seccomp"), Death::Unfit { stderr_tail: "no seccomp".to_owned() });
}

#[test]
fn a_budget_grows_with_pages_and_has_no_end_to_overflow() {
    assert_eq!([0, 1, 30].map(|pages| BUDGET.of(pages).as_secs()), [60, 62, 120]);
    let vast = Budget { base: Duration::MAX, page: Duration::MAX };
    assert_eq!(vast.of(u32::MAX), Duration::MAX);
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
