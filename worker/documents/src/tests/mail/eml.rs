use super::pages;
use crate::tests::{check_refused, document};
use crate::{Engine, Limits, ReadOptions, Source};

const HEADER: &str = "From: Ada Okonkwo <ada@example.com>\r\nTo: bo@example.com, \"Cy, D.\" <cy@example.com>\r\n\
                      Cc: dee@example.com\r\nDate: Mon, 23 Nov 2026\r\n 06:00:00 +0100\r\n\
                      Subject: =?utf-8?q?Rope_f=C3=BCr?=\r\n =?utf-8?b?IFpvw6s=?=\r\nMIME-Version: 1.0\r\n";
const HEAD: &str = "# Rope für Zoë\n\nFrom: Ada Okonkwo <ada@example.com>\nTo: bo@example.com, Cy, D. <cy@example.com>\n\
                    Cc: dee@example.com\nDate: Mon, 23 Nov 2026 06:00:00 +0100";

/// A message with parts that a boundary parts; each is its header fields, a blank line and its body.
fn multipart(kind: &str, parts: &[&str]) -> String {
    let parts: String = parts.iter().map(|part| format!("--edge\r\n{part}\r\n")).collect();
    format!("{HEADER}Content-Type: multipart/{kind}; boundary=edge\r\n\r\n{parts}--edge--\r\n")
}

fn attached(media_type: &str, name: &str, body: &str) -> String {
    format!("Content-Type: {media_type}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{body}")
}

#[test]
fn the_subject_the_people_and_the_text_are_a_page() {
    let message = format!(
        "{HEADER}Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         Gr=FC=DFe,\r\nAda\r\n\r\nPS: soon\r\n"
    );
    assert_eq!(pages("a.eml", message.as_bytes()), [format!("{HEAD}\n\nGrüße,\nAda\n\nPS: soon")]);
}

#[test]
fn rich_text_is_read_where_it_says_more_than_plain_text() {
    let alternative = |html: &str| {
        let html = format!("Content-Type: text/html\r\n\r\n{html}");
        pages("a.eml", multipart("alternative", &["Content-Type: text/plain\r\n\r\nplain", &html]).as_bytes())
    };
    assert_eq!(alternative("<p>rich</p>"), [format!("{HEAD}\n\nplain")]);
    let table = "<p>rich</p><table><tr><th>a<th>b<tr><td>1<td>2</table>";
    assert_eq!(alternative(table), [format!("{HEAD}\n\nrich\n\n| a | b |\n| --- | --- |\n| 1 | 2 |")]);
}

#[test]
fn attachments_are_documents_on_the_pages_that_follow() {
    let csv = attached("text/csv", "prices.csv", "item;price\r\nrope;5");
    let html = attached("application/octet-stream", "note.bin", "<!doctype html><p>Hello</p>");
    let zip =
        format!("Content-Transfer-Encoding: base64\r\n{}", attached("application/pdf", "all.pdf", "UEsDBBQAAAAAAA=="));
    let picture = "Content-Type: image/png\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=";
    let signature = attached("application/pgp-signature", "signature.asc", "-----BEGIN");
    let message =
        multipart("mixed", &["Content-Type: text/plain\r\n\r\nsee below", &csv, &html, &zip, picture, &signature]);
    assert_eq!(
        pages("a.eml", message.as_bytes()),
        [
            format!("{HEAD}\n\nsee below"),
            "# prices.csv\n\n| item | price |\n| --- | --- |\n| rope | 5 |".to_owned(),
            "# note.bin\n\nHello".to_owned(),
            "Attachment all.pdf was not read: its type is not supported: it looks like application/zip".to_owned(),
        ],
    );
}

#[test]
fn pages_are_titled_by_the_subject_and_the_names_of_files() {
    let message =
        multipart("mixed", &["Content-Type: text/plain\r\n\r\nsee", &attached("text/plain", "a.txt", "1\x0c2")]);
    let source = Source { bytes: message.as_bytes(), filename: "", media_type: None };
    let document =
        Engine::without_models().read(&source, &ReadOptions::default(), &Limits::default(), &mut |_| ()).unwrap();
    let titles: Vec<_> = document.pages.iter().map(|page| page.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["Rope für Zoë", "a.txt", "a.txt"]);
}

/// A message that lies in that many others.
fn forwarded(times: usize) -> String {
    (0..times).fold("From: a@example.com\r\nSubject: innermost\r\n\r\nwords".to_owned(), |inner, at| {
        let part = format!("Content-Type: message/rfc822\r\n\r\n{inner}");
        format!(
            "From: a@example.com\r\nSubject: number {at}\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=edge{at}\r\n\r\n--edge{at}\r\n{part}\r\n--edge{at}--\r\n"
        )
    })
}

#[test]
fn forwarded_messages_are_read_to_their_cap() {
    let from = "From: a@example.com";
    assert_eq!(
        pages("a.eml", forwarded(2).as_bytes()),
        [format!("# number 1\n\n{from}"), format!("# number 0\n\n{from}"), format!("# innermost\n\n{from}\n\nwords"),],
    );
    let deep = pages("a.eml", forwarded(5).as_bytes());
    assert_eq!(deep.len(), 6);
    assert_eq!(
        deep[5],
        "Attachment number 1 was not read: document exceeds max_attachment_depth: 5 messages around an attachment, at \
         most 4 are allowed",
    );
}

#[test]
fn messages_nested_beyond_all_measure_end() {
    let header = "Content-Type: message/rfc822\r\n\r\n".repeat(200_000);
    let nested = pages("a.eml", format!("From: a@example.com\r\nSubject: a\r\n{header}words").as_bytes());
    assert_eq!(nested.len(), 6);
    // After a comment, which may hold what looks like the end of the type.
    let header = "Content-Type:\r\n (;) message/rfc822\r\n\r\n".repeat(100_000);
    let nested = pages("a.eml", format!("From: a@example.com\r\nSubject: a\r\n{header}words").as_bytes());
    assert!(nested.len() < 10, "{}", nested.len());
    let digest = "Content-Type:\tmultipart/DIGEST; boundary=a\r\n\r\n--a\r\n\r\n".repeat(50_000);
    let nested = pages("a.eml", format!("From: a@example.com\r\nSubject: a\r\n{digest}words").as_bytes());
    assert!(nested.len() < 10, "{}", nested.len());
}

#[test]
fn the_text_of_all_attachments_has_one_cap() {
    let parts: Vec<String> = (0..5).map(|at| attached("text/plain", &format!("{at}.txt"), &"x".repeat(300))).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let message = multipart("mixed", &parts);
    let error = document("a.eml", message.as_bytes()).limits(|limits| limits.max_text_bytes = 1_000).parse();
    assert_eq!(error.unwrap_err().code(), "document_limit_exceeded");
    check_refused(
        document("a.eml", message.as_bytes()).limits(|limits| limits.max_pages = 3),
        "document_limit_exceeded",
        "document exceeds max_pages: 4 pages, at most 3 are allowed",
    );
}

#[test]
fn a_saved_page_is_read_from_the_part_that_it_names() {
    let part = |location: &str, text: &str| {
        format!("Content-Type: text/html\r\nContent-Location: {location}\r\n\r\n<title>{text}</title><p>{text}</p>")
    };
    let picture = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=";
    let saved = |start: &str| {
        let (frame, page) = (part("http://a/frame", "frame"), part("http://a/", "the page"));
        let parts = [frame.as_str(), page.as_str(), picture].map(|part| format!("--edge\r\n{part}\r\n")).concat();
        format!(
            "From: <Saved by Blink>\r\nSubject: a\r\n{start}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n \
                 boundary=edge\r\n\r\n{parts}--edge--\r\n"
        )
    };
    let parsed = document("a", saved("Snapshot-Content-Location: http://a/\r\n").as_bytes()).parse().unwrap();
    assert_eq!((parsed.media_type.as_str(), parsed.pages), ("multipart/related", vec!["the page".to_owned()]));
    assert_eq!(document("a", saved("").as_bytes()).parse().unwrap().pages, ["frame"]);
    let bare =
        "From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=e\r\n\r\n--e\r\n\r\nx\r\n--e--";
    check_refused(
        document("a.mht", bare.as_bytes()),
        "document_invalid",
        "document is not valid multipart/related: none of its parts is an HTML page",
    );
}
