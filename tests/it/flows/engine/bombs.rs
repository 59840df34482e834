use std::io::{Cursor, Write as _};

use serde_json::Value;
use shared::domain::{JobId, Status};
use tests::app::App;
use tests::client::{Client, parse_job};
use tests::documents::{data_url, fixture, fixture_job, text_job};
use tests::{models_dir, report};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{BOUND, slow_pages};

/// What a worker may grow by while its children fight with bombs: it has held each document once, and as base64.
const WORKER_GROWTH: u64 = 64 << 20;
const MIB: u64 = 1 << 20;

fn pdf_job(name: &str, bytes: &[u8]) -> Value {
    parse_job(name, &data_url("application/pdf", bytes))
}

/// Documents that are broken in ways that need no limit to be noticed.
fn broken() -> Vec<(Value, &'static str)> {
    let whole = fixture("report.pdf");
    let mut noise = vec![0_u8; 200_000];
    rand::fill(&mut noise[..]);
    let nested = format!("<html><body>{}deep", "<div>".repeat(100_000));
    vec![
        (pdf_job("cut.pdf", &whole[..40]), "document_invalid"),
        (pdf_job("head.pdf", &[b"%PDF-1.7\n".as_slice(), &noise].concat()), "document_invalid"),
        (parse_job("noise.bin", &data_url("application/octet-stream", &noise)), "unsupported_document_type"),
        (parse_job("zip.docx", &data_url("application/octet-stream", &inflating_docx())), "document_limit_exceeded"),
        (parse_job("giant.bmp", &data_url("application/octet-stream", &giant_bmp())), "document_limit_exceeded"),
        (pdf_job("giant.pdf", &giant_jpx()), "document_has_no_text"),
        (parse_job("nested.html", &data_url("text/html", nested.as_bytes())), "document_limit_exceeded"),
    ]
}

/// A letter whose text is 1 GiB of spaces in 1 MiB.
fn inflating_docx() -> Vec<u8> {
    let mut docx = ZipWriter::new(Cursor::new(Vec::new()));
    docx.start_file("[Content_Types].xml", SimpleFileOptions::default()).unwrap();
    docx.write_all(b"<Types/>").unwrap();
    docx.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    docx.write_all(b"<w:document><w:body><w:p><w:r><w:t>").unwrap();
    for _ in 0..1024 {
        docx.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    docx.finish().unwrap().into_inner()
}

/// The header of a picture of 60 000 by 60 000 pixels, and one pixel.
fn giant_bmp() -> Vec<u8> {
    let mut bmp = b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
    bmp.extend([60_000_u32, 60_000].into_iter().flat_map(u32::to_le_bytes));
    bmp.extend(b"\x01\0\x18\0".iter().chain(&[0; 24]).chain(&[0; 4]));
    bmp
}

/// A page with a JPEG 2000 picture that says to be as large, and ends behind its header.
fn giant_jpx() -> Vec<u8> {
    let side = 100_000_u32.to_be_bytes();
    let mut jpx = b"\xff\x4f\xff\x51\0\x29\0\0".to_vec();
    jpx.extend([side, side, [0; 4], [0; 4], side, side, [0; 4], [0; 4]].concat());
    jpx.extend(b"\0\x01\x07\x01\x01\xff\xd9");
    let head = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj \
                3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R\
                /Resources<</XObject<</I 4 0 R>>>>>>endobj \
                5 0 obj<</Length 30>>stream\nq 600 0 0 800 0 0 cm /I Do Q  \nendstream endobj\n";
    let picture = format!(
        "4 0 obj<</Type/XObject/Subtype/Image/Width 100000/Height 100000/Filter/JPXDecode/Length {}>>stream\n",
        jpx.len()
    );
    let tail = "\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    [head.as_bytes(), picture.as_bytes(), &jpx, tail.as_bytes()].concat()
}

async fn assert_fails(client: &Client, id: JobId, code: &str) -> Value {
    let job = client.wait_until(id, Status::Failed, BOUND).await;
    assert_eq!(job["error"]["code"], code, "{job}");
    assert_eq!(job["attempt_count"], 1, "tried again although it would fail again: {job}");
    job
}

#[tokio::test]
async fn a_hostile_document_fails_by_name_and_its_neighbours_do_not_notice() {
    let mut app = App::builder("a_hostile_document_fails_by_name")
        .worker_env("QUIRE_ENGINE_TIMEOUT_MS", "15000")
        .worker_env("QUIRE_ENGINE_TIMEOUT_PAGE_MS", "1")
        .worker_env("QUIRE_ENGINE_MEMORY_BYTES", "268435456")
        .worker_env("QUIRE_ENGINE_PROCESSES", "3")
        .worker_env("QUIRE_MODELS_DIR", &models_dir())
        .worker_env("QUIRE_WORKER_SLOTS", "batch=6")
        .start()
        .await;
    let before = app.worker(0).process.peak_memory();
    let client = app.client();
    let endless = client.submit(&fixture_job("loop.pdf")).await;
    let greedy = client.submit(&fixture_job("bomb.pdf")).await;
    let mut named = Vec::new();
    for (job, code) in broken() {
        named.push((client.submit(&job).await, code));
    }
    let mut neighbours = Vec::new();
    for number in 0..20 {
        neighbours.push(client.submit(&text_job(&format!("neighbour {number}"))).await);
    }
    for neighbour in neighbours {
        let job = client.wait_until(neighbour, Status::Completed, BOUND).await;
        assert_eq!(job["attempt_count"], 1, "a neighbour was disturbed: {job}");
    }
    for (job, code) in named {
        assert_fails(client, job, code).await;
    }
    for (job, limit) in [(endless, "time"), (greedy, "memory")] {
        let job = assert_fails(client, job, "document_limit_exceeded").await;
        assert_eq!(job["error"]["details"]["limit"], limit, "{job}");
        assert!(job["error"]["message"].as_str().unwrap().contains("QUIRE_ENGINE_"), "{job}");
    }
    // The places of the killed children are filled again.
    let after = client.submit(&fixture_job("report.pdf")).await;
    client.wait_until(after, Status::Completed, BOUND).await;
    let grown = app.worker(0).process.peak_memory().saturating_sub(before);
    report(format_args!("bombs: the worker's own memory grew by {:.1} MiB", grown as f64 / MIB as f64));
    assert!(grown <= WORKER_GROWTH, "the worker itself grew by {grown} bytes");
    app.finish().await;
}

#[tokio::test]
async fn processor_time_is_bounded_by_pages_and_by_the_document_and_not_by_its_process() {
    let app = App::builder("processor_time_is_bounded_by_pages")
        .worker_env("QUIRE_ENGINE_CPU_MS", "2000")
        .worker_env("QUIRE_ENGINE_CPU_PAGE_MS", "1")
        .worker_env("QUIRE_ENGINE_PROCESSES", "1")
        .start()
        .await;
    let client = app.client();
    let endless = client.submit(&fixture_job("loop.pdf")).await;
    let job = assert_fails(client, endless, "document_limit_exceeded").await;
    assert_eq!(job["error"]["details"]["limit"], "cpu", "{job}");
    assert!(job["error"]["details"]["limit_ms"].as_u64().is_some_and(|limit| (2000..2100).contains(&limit)), "{job}");
    // One process reads these one after the other; together they take more than one document may.
    let mut each = Vec::new();
    for _ in 0..12 {
        each.push(client.submit(&slow_pages(1, 80)).await);
    }
    for id in each {
        let job = client.wait_until(id, Status::Completed, BOUND).await;
        assert_eq!(job["attempt_count"], 1, "{job}");
    }
    app.finish().await;
}
