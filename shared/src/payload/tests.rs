use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use rand::seq::IndexedRandom as _;
use serde_json::Value;

use super::*;
use crate::blob::ArtifactRules;
use crate::blob::tests::{Folder, blob};

const RULES: ArtifactRules = ArtifactRules { min_bytes: 64, max_count: 1000 };

fn noise(bytes: usize) -> Vec<u8> {
    let mut noise = vec![0; bytes];
    rand::fill(&mut noise[..]);
    noise
}

fn lifted(text: &str) -> Lifted {
    lift(Bytes::copy_from_slice(text.as_bytes()), RULES)
}

/// What is restored from a lifted text, without a store between.
fn restored(lifted: &Lifted) -> Restored {
    let file = |cut: &lift::Cut| File { at: cut.at, bytes: lifted.decoded(cut).collect::<Vec<_>>().concat().into() };
    Restored::new(lifted.slim().clone(), lifted.cuts().iter().map(file).collect()).unwrap()
}

fn assert_restores(text: &str, lifted: &Lifted) {
    let restored = restored(lifted);
    assert_eq!(restored.len(), text.len() as u64);
    let pieces: Vec<Bytes> = restored.into_pieces().collect();
    assert!(pieces.iter().all(|piece| !piece.is_empty() && piece.len() <= 256 * 1024));
    assert!(pieces.concat() == text.as_bytes(), "not restored: {text:.2000}");
}

fn pointers(lifted: &Lifted) -> Vec<&str> {
    lifted.cuts().iter().map(|cut| &*cut.pointer).collect()
}

#[test]
fn base64_goes_and_its_place_is_noted() {
    let (one, two) = (STANDARD.encode(noise(100)), STANDARD.encode(noise(101)));
    let text = format!(
        r#" {{"document": {{"url" : "data:application/pdf;base64,{one}" , "filename":"é"}}, "more":[1,["DATA:;charset=x;BASE64,{two}"]]}}"#
    );
    let lifted = lifted(&text);
    let slim = r#" {"document": {"url" : "data:application/pdf;base64," , "filename":"é"}, "more":[1,["DATA:;charset=x;BASE64,"]]}"#;
    assert_eq!(lifted.slim(), slim);
    assert_eq!(pointers(&lifted), ["/document/url", "/more/1/0"]);
    assert_restores(&text, &lifted);
}

#[test]
fn what_could_not_be_put_back_stays() {
    let good = STANDARD.encode(noise(100));
    let tail = |last: &str| format!("{}{last}", STANDARD.encode(noise(99)));
    let stays = [
        // Not base64 as an encoder writes it.
        STANDARD_NO_PAD.encode(noise(100)),
        tail("QR=="),
        tail("QQ="),
        tail("QQ==="),
        tail("QQ==QQ=="),
        tail("====") + "====",
        format!("{}\\n{}", &good[..50], &good[50..]),
        format!("{} {}", &good[..50], &good[50..]),
        format!("{}\\u0041{}", &good[..51], &good[52..]),
        format!("{}\\/{}", &good[..51], &good[52..]),
        format!("{good}%3D"),
        format!("{good}é"),
        URL_SAFE.encode([0xfb; 99]),
        // Below the threshold.
        STANDARD.encode(noise(45)),
        String::new(),
    ];
    for letters in stays {
        let text = format!(r#"{{"url":"data:text/plain;base64,{letters}"}}"#);
        let lifted = lifted(&text);
        assert!(!lifted.is_cut() && lifted.slim() == &text, "{text}");
    }
    let others = [
        format!(r#"{{"url":"data:text/plain,{good}"}}"#),
        format!(r#"{{"url":"https://x/;base64,{good}"}}"#),
        format!(r#"{{"url":" data:text/plain;base64,{good}"}}"#),
        format!(r#"{{"url":"d\u0061ta:text/plain;base64,{good}"}}"#),
        format!(r#"{{"data:text/plain;base64,{good}":"a name is no value"}}"#),
        format!(r#"{{"url":"data:{};base64,{good}"}}"#, "x".repeat(256)),
        format!(r#"{{"{}":"data:;base64,{good}"}}"#, "k".repeat(2000)),
    ];
    for text in others {
        assert!(!lifted(&text).is_cut(), "{text}");
    }
}

#[test]
fn the_number_of_files_has_a_cap_and_the_rest_stays() {
    let url = format!("\"data:;base64,{}\"", STANDARD.encode(noise(60)));
    let text = format!("[{}]", vec![url; 5].join(","));
    let some = lift(text.clone().into(), ArtifactRules { max_count: 3, ..RULES });
    assert_eq!(pointers(&some), ["/0", "/1", "/2"]);
    assert_restores(&text, &some);
}

/// A string in JSON that is, or nearly is, a data URL.
fn url(depth: usize) -> String {
    let scheme = ["data:", "data:", "data:", "DATA:", "data", "data:data:"].choose(&mut rand::rng()).unwrap();
    let head = ["application/pdf", "", "text/plain;charset=utf-8", "é/ü", "a,b", "\\u0041/x", "x;base64;y"];
    let head = head.choose(&mut rand::rng()).unwrap();
    let base64 = [";base64,", ";base64,", ";base64,", ";BASE64,", ";base64", ","].choose(&mut rand::rng()).unwrap();
    let length = *[0, 1, 48, 60, 61, 62, 1000, 49_152, 200_000].choose(&mut rand::rng()).unwrap();
    let bytes = noise(if depth > 2 { length.min(100) } else { length });
    let mut letters = match rand::random_range(0..8) {
        0 => URL_SAFE.encode(bytes),
        1 => STANDARD_NO_PAD.encode(bytes),
        _ => STANDARD.encode(bytes),
    };
    if rand::random_range(0..5) == 0 && !letters.is_empty() {
        let at = rand::random_range(0..letters.len());
        let inserted = [" ", "\\n", "\\u0041", "\\/", "=", "A", "é", "\\\"", "\\\\"].choose(&mut rand::rng()).unwrap();
        letters.insert_str(at, inserted);
    }
    format!("\"{scheme}{head}{base64}{letters}\"")
}

/// A random value as somebody might write it: any spacing, names that are escaped, empty or repeated.
fn value(depth: usize) -> String {
    let space = || *["", " ", "\n\t", "  "].choose(&mut rand::rng()).unwrap();
    let name = || *["url", "u\\u0072l", "", "a/b~c", "é", "\\\"", "data:;base64,"].choose(&mut rand::rng()).unwrap();
    match rand::random_range(if depth == 0 { 0..2 } else { 0..9 }) {
        0 if depth < 6 => {
            let members: Vec<String> = (0..rand::random_range(0..6))
                .map(|_| format!("{}\"{}\"{}:{}", space(), name(), space(), value(depth + 1)))
                .collect();
            format!("{{{}{}}}", members.join(&format!("{},", space())), space())
        }
        1 if depth < 6 => {
            let elements: Vec<String> = (0..rand::random_range(0..6)).map(|_| value(depth + 1)).collect();
            format!("[{}{}]{}", space(), elements.join(","), space())
        }
        2 => ["null", "true", "-1.50e+3", "0"].choose(&mut rand::rng()).map(|text| (*text).to_owned()).unwrap(),
        3 => r#""a \" quote \\ and 🦀""#.to_owned(),
        _ => url(depth),
    }
}

#[test]
fn any_json_is_restored_byte_for_byte() {
    let mut cut = 0;
    for _ in 0..300 {
        let text = format!(" {} ", value(0));
        let lifted = lifted(&text);
        let _json: Value = serde_json::from_slice(lifted.slim()).expect("a slim text is JSON");
        for file in lifted.cuts() {
            assert_eq!(&lifted.slim()[file.at - 1..=file.at], b",\"");
        }
        // Again: what has been taken out is not taken out twice.
        assert!(!lift(lifted.slim().clone(), RULES).is_cut());
        assert_restores(&text, &lifted);
        cut += lifted.cuts().len();
    }
    assert!(cut > 100, "{cut} files in all: the texts are not those that this test is about");
}

/// A text that is not JSON never comes here; if it did, it would be kept all the same.
#[test]
fn any_text_is_restored_byte_for_byte() {
    for _ in 0..300 {
        let mut text = value(0).into_bytes();
        for _ in 0..rand::random_range(0..4) {
            let at = rand::random_range(0..text.len());
            text[at] = *b"\"\\{}[],:a".choose(&mut rand::rng()).unwrap();
        }
        let text = String::from_utf8_lossy(&text).into_owned();
        assert_restores(&text, &lifted(&text));
    }
}

#[tokio::test]
async fn a_payload_is_kept_and_read_back() {
    let folder = Folder::new();
    let blob = blob(&folder);
    let owner = Owner::Request(JobId::generate(1));
    let (one, two) = (STANDARD.encode(noise(7 << 20)), STANDARD.encode(noise(100)));
    let text = format!(r#"{{"a":"data:;base64,{one}","b":["data:x/y;base64,{two}"]}}"#);
    let body = keep(&blob, owner, &lifted(&text)).await.unwrap();
    assert_eq!(body.artifacts().iter().map(|file| file.bytes).collect::<Vec<_>>(), [7 << 20, 100]);
    assert!(body.inline().is_some(), "a slim text of {} bytes is not in the row", body.bytes());
    let read_back: Vec<Bytes> = read(&blob, body.clone()).await.unwrap().into_pieces().collect();
    assert!(read_back.concat() == text.as_bytes());

    std::fs::remove_file(folder.path().join(&body.artifacts()[1].object)).unwrap();
    let error = read(&blob, body.clone()).await.unwrap_err();
    assert_eq!(error.pointer.as_deref(), Some("/b/0"));
    remove(&blob, body.objects()).await;
    let error = read(&blob, body).await.unwrap_err();
    assert_eq!(error.pointer.as_deref(), Some("/a"));
}

#[tokio::test]
async fn a_payload_that_cannot_be_kept_leaves_nothing() {
    let folder = Folder::new();
    let blob = blob(&folder);
    let job = JobId::generate(1);
    // Where the second file should go there is a directory, which cannot be replaced by a file.
    let taken = folder.path().join(Owner::Request(job).file_path(1)).join("x");
    std::fs::create_dir_all(&taken).unwrap();
    let url = format!("\"data:;base64,{}\"", STANDARD.encode(noise(100)));
    let kept = keep(&blob, Owner::Request(job), &lifted(&format!("[{url},{url}]"))).await;
    assert!(matches!(kept, Err(BlobError::Store(_))), "{kept:?}");
    let left: Vec<_> = std::fs::read_dir(folder.path().join(format!("jobs/{job}"))).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");

    let huge = format!(r#"["data:;base64,{}"]"#, STANDARD.encode(vec![0; 25 << 20]));
    let kept = keep(&blob, Owner::Request(JobId::generate(2)), &lifted(&huge)).await;
    assert!(matches!(kept, Err(BlobError::TooLarge { .. })), "the cap is that of the whole text");
}
