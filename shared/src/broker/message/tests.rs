use super::*;

const JOB: &str = "job_0TTGd5IRlO-ltr9P0FaA7";
const ORGANIZATION: &str = "org_0TTGd5IRlO-ltr9P0FaA8";

fn message() -> DispatchMessage {
    DispatchMessage {
        job: JobId::generate(1_760_000_000_000),
        organization: OrganizationId::generate(1_750_000_000_000),
        lane: Lane::Batch,
        seq: 7,
    }
}

fn body(version: &str, rest: &str) -> Vec<u8> {
    format!(r#"{{"v":{version},"job":"{JOB}","organization":"{ORGANIZATION}","lane":"batch","seq":3{rest}}}"#)
        .into_bytes()
}

#[test]
fn what_is_written_is_read() {
    for lane in Lane::ALL {
        for seq in [0, 1, i32::MAX] {
            let message = DispatchMessage { lane, seq, ..message() };
            assert_eq!(DispatchMessage::decode(&message.encode()), Ok(message));
        }
    }
}

#[test]
fn the_body_is_the_json_that_other_versions_read() {
    let message = DispatchMessage::decode(&body("1", "")).unwrap();
    assert_eq!(message.job.to_string(), JOB);
    assert_eq!(message.organization.to_string(), ORGANIZATION);
    assert_eq!(message.encode(), body("1", ""));
    assert_eq!(DispatchMessage::decode(&body("1", r#","later":{"field":[1]}"#)), Ok(message));
}

#[test]
fn another_version_is_named_even_when_its_fields_are_strange() {
    assert_eq!(DispatchMessage::decode(&body("2", "")), Err(DecodeError::Version { found: 2 }));
    assert_eq!(DispatchMessage::decode(br#"{"v":9,"job":[]}"#), Err(DecodeError::Version { found: 9 }));
}

#[test]
fn what_is_not_a_dispatch_is_malformed() {
    let cases: [&[u8]; 8] = [
        b"",
        b"\xff\xfe",
        b"null",
        br#"{"job":"x"}"#,
        br#"{"v":"1"}"#,
        br#"{"v":1,"job":"job_short","organization":"org_x","lane":"batch","seq":1}"#,
        &body("1", "").repeat(2),
        &String::from_utf8(body("1", "")).unwrap().replace("batch", "express").into_bytes(),
    ];
    for case in cases {
        let error = DispatchMessage::decode(case).unwrap_err();
        assert_eq!(error.kind(), "malformed", "{case:?}: {error}");
    }
}

#[test]
fn a_long_body_is_not_parsed() {
    let padding = format!(r#","later":"{}""#, "x".repeat(MAX_BODY_BYTES));
    let error = DispatchMessage::decode(&body("1", &padding)).unwrap_err();
    assert_eq!(error.kind(), "too_large");
}

#[test]
fn the_message_id_names_the_dispatch() {
    let message = message();
    let properties = message.properties(Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    assert_eq!(properties.message_id().as_ref().unwrap().as_str(), format!("{}:7", message.job));
    assert_eq!(*properties.delivery_mode(), Some(PERSISTENT));
    assert_eq!(traceparent(&properties).unwrap(), "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    assert_eq!(traceparent(&message.properties(None)), None);
}

#[test]
fn headers_of_other_types_or_sizes_are_no_traceparent() {
    let with = |value: AMQPValue| {
        let mut headers = FieldTable::default();
        headers.insert(TRACEPARENT.into(), value);
        BasicProperties::default().with_headers(headers)
    };
    assert_eq!(traceparent(&with(AMQPValue::LongInt(1))), None);
    assert_eq!(traceparent(&with(AMQPValue::LongString("x".repeat(MAX_TRACEPARENT_BYTES + 1).into()))), None);
}

#[test]
fn the_delivery_count_is_read_from_any_integer() {
    let with = |value: AMQPValue| {
        let mut headers = FieldTable::default();
        headers.insert(DELIVERY_COUNT.into(), value);
        BasicProperties::default().with_headers(headers)
    };
    assert_eq!(delivery_count(&BasicProperties::default()), 0);
    assert_eq!(delivery_count(&with(AMQPValue::LongLongInt(4))), 4);
    assert_eq!(delivery_count(&with(AMQPValue::ShortShortUInt(2))), 2);
    assert_eq!(delivery_count(&with(AMQPValue::LongInt(-1))), 0);
    assert_eq!(delivery_count(&with(AMQPValue::Void)), 0);
}
