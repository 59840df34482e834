//! Large requests and results in a real S3 store.

mod outage;
mod round_trip;

use serde_json::Value;
use tests::client::parse_job;
use tests::documents::data_url;

/// A job whose request does not fit into a row, however it is compressed. The words are read as one document of text, so
/// that the result does not fit either.
fn large_job(bytes: usize) -> Value {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz 12345";
    let text: Vec<u8> = (0..bytes).map(|_| LETTERS[usize::from(rand::random::<u8>() % 32)]).collect();
    parse_job("noise.txt", &data_url("text/plain", &text))
}
