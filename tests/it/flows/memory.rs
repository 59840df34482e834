use std::time::Duration;

use reqwest::Method;
use shared::domain::Status;
use tests::app::App;
use tests::report;

const BOUND: Duration = Duration::from_secs(120);
const MIB: u64 = 1024 * 1024;
/// Bytes of the data URL.
const URL_BYTES: u64 = 60 * MIB;

/// Base64 letters that stand for random bytes, and some that compress well: a file of both kinds.
fn letters(count: u64) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut random = vec![0_u8; usize::try_from(count).unwrap()];
    rand::fill(&mut random[..]);
    random.iter_mut().for_each(|byte| *byte = ALPHABET[usize::from(*byte % 64)]);
    String::from_utf8(random).unwrap()
}

/// A file of sixty megabytes in a request: held once while it comes, in parts while it is kept, decoded while it goes.
#[tokio::test]
async fn a_large_file_goes_round_and_the_api_holds_little_more_than_it() {
    let mut app = App::builder("a_large_file_goes_round_and_the_api_holds_little").alone().start().await;
    let idle = app.api().process.peak_memory();
    let prefix = "data:application/octet-stream;base64,";
    let count = (URL_BYTES - prefix.len() as u64) / 4 * 4;
    let request = format!("{{ \"document\":{{\"filename\":\"noise.bin\",\"url\":\"{prefix}{}\"}} }}", letters(count));
    let body = format!("{{\"endpoint\":\"/v1/documents/parse\",\"request\":{request}}}");
    let created = app.client().create_raw(body).await;
    assert_eq!(created.code, 200, "{:.1000}", created.body.to_string());
    let id = created.id();
    assert!(ends_in(&created.bytes, &request), "the create does not repeat the request");
    drop(created);
    let after_create = app.api().process.peak_memory();

    // What the engine makes of noise does not matter.
    app.client().wait_until(id, Status::Failed, BOUND).await;
    let path = format!("/v1/jobs/{id}?include_request=true");
    let answer = app.client().request(Method::GET, &path).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let bytes = answer.bytes().await.unwrap();
    assert!(ends_in(&bytes, &request), "the request has not come back byte for byte");
    let peak = app.api().process.peak_memory();
    report(format_args!(
        "a data URL of {} MiB: the api had {} MiB before, {} MiB at most after the create, {} MiB at most after the retrieve, {:.2} x the URL",
        URL_BYTES / MIB,
        idle / MIB,
        after_create / MIB,
        peak / MIB,
        peak as f64 / URL_BYTES as f64,
    ));
    assert!(peak * 2 <= URL_BYTES * 5, "{peak} bytes are more than 2.5 times the URL");
    app.finish().await;
}

/// Whether a job in JSON ends in this request and no response.
fn ends_in(job: &[u8], request: &str) -> bool {
    job.strip_suffix(b",\"response\":null}").is_some_and(|job| job.ends_with(request.as_bytes()))
}
