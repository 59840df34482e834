use std::time::Duration;

use shared::domain::Status;
use tests::app::App;
use tests::client::parse_job;
use tests::documents::{data_url, fixture};
use tests::models_dir;

/// Seven pictures are recognised, by an engine of a debug build and beside other tests.
const BOUND: Duration = Duration::from_secs(180);

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const SLIDES: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
const OPEN_TEXT: &str = "application/vnd.oasis.opendocument.text";
const OPEN_SHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// A file of each type, and what it is found to be; nothing where it is refused.
const FILES: [(&str, &str); 45] = [
    ("scan.bmp", "image/bmp"),
    ("table.csv", "text/csv"),
    ("letter.doc", "application/msword"),
    ("letter.docm", WORD),
    ("letter.docx", WORD),
    ("letter.dotm", WORD),
    ("letter.dotx", WORD),
    ("message.eml", "message/rfc822"),
    ("scan.gif", "image/gif"),
    ("photo.heic", ""),
    ("photo.heif", ""),
    ("page.htm", "text/html"),
    ("page.html", "text/html"),
    ("scan.jpeg", "image/jpeg"),
    ("scan.jpg", "image/jpeg"),
    ("order.json", "application/json"),
    ("notes.md", "text/markdown"),
    ("page.mhtml", "multipart/related"),
    ("message.msg", "application/vnd.ms-outlook"),
    ("slides.odp", "application/vnd.oasis.opendocument.presentation"),
    ("table.ods", OPEN_SHEET),
    ("letter.odt", OPEN_TEXT),
    ("table.ots", OPEN_SHEET),
    ("letter.ott", OPEN_TEXT),
    ("page.pdf", "application/pdf"),
    ("scan.png", "image/png"),
    ("slides.ppt", "application/vnd.ms-powerpoint"),
    ("slides.pptx", SLIDES),
    ("letter.rtf", "application/rtf"),
    ("drawing.svg", "image/svg+xml"),
    ("scan.tif", "image/tiff"),
    ("scan.tiff", "image/tiff"),
    ("table.tsv", "text/tab-separated-values"),
    ("letter.txt", "text/plain"),
    ("scan.webp", "image/webp"),
    ("table.xlam", SHEET),
    ("offers.xls", "application/vnd.ms-excel"),
    ("table.xlsb", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    ("table.xlsm", SHEET),
    ("table.xlsx", SHEET),
    ("table.xltm", SHEET),
    ("table.xltx", SHEET),
    ("order.xml", "application/xml"),
    ("order.yaml", "application/yaml"),
    ("order.yml", "application/yaml"),
];

/// What is to be found in each file that is read.
fn words(name: &str) -> &'static str {
    if name == "offers.xls" { "Elswick Chandlery" } else { "Mooring rope" }
}

#[tokio::test]
async fn every_format_goes_through_a_job() {
    let app =
        App::builder("every_format_goes_through_a_job").worker_env("QUIRE_MODELS_DIR", &models_dir()).start().await;
    let client = app.client();
    let mut jobs = Vec::new();
    for (name, media_type) in FILES {
        let file = data_url("application/octet-stream", &fixture(&format!("formats/{name}")));
        jobs.push((name, media_type, client.submit(&parse_job(name, &file)).await));
    }
    for (name, media_type, id) in jobs {
        if media_type.is_empty() {
            let job = client.wait_until(id, Status::Failed, BOUND).await;
            assert_eq!(job["error"]["code"], "unsupported_document_type", "{name}: {job}");
            continue;
        }
        let job = client.wait_until(id, Status::Completed, BOUND).await;
        let answer = &job["response"]["body"];
        assert_eq!(answer["document"]["mime_type"], media_type, "{name}");
        let text = answer["text"].as_str().unwrap();
        assert!(text.contains(words(name)), "{name}: {text}");
    }
    app.finish().await;
}
