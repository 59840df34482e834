//! docs/formats.md says what the engine does.

use std::fs;
use std::path::{Path, PathBuf};

use crate::detect::{detect, extensions};
use crate::{Engine, Limits, ReadOptions, Source};

/// The types that jobs can be listed by: `document_type` of the contract.
const TYPES: [&str; 45] = [
    "bmp", "csv", "doc", "docm", "docx", "dotm", "dotx", "eml", "gif", "heic", "heif", "htm", "html", "jpeg", "jpg",
    "json", "md", "mhtml", "msg", "odp", "ods", "odt", "ots", "ott", "pdf", "png", "ppt", "pptx", "rtf", "svg", "tif",
    "tiff", "tsv", "txt", "webp", "xlam", "xls", "xlsb", "xlsm", "xlsx", "xltm", "xltx", "xml", "yaml", "yml",
];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of each type but those that are refused.
fn files() -> Vec<(String, Vec<u8>)> {
    let folder = workspace().join("tests/fixtures/formats");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|extension| TYPES.iter().any(|name| *name == extension)))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// The rows of the table: type, how it is read, the names of tests.
fn rows(page: &str) -> Vec<(&str, &str, Vec<&str>)> {
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        (cells[1].trim_matches('`'), cells[2], cells[4].split(", ").map(|name| name.trim_matches('`')).collect())
    })
    .collect()
}

#[test]
fn the_page_of_formats_names_every_type_and_what_becomes_of_it() {
    let page = fs::read_to_string(workspace().join("docs/formats.md")).unwrap();
    let rows = rows(&page);
    let types: Vec<&str> = rows.iter().map(|(name, ..)| *name).collect();
    assert_eq!(types, TYPES);
    for (name, how, _) in &rows {
        let is_known = extensions().any(|(_, all)| all.contains(name));
        assert_eq!(is_known, *how != "refused", "{name} is {how}");
        assert!(["full", "text", "refused"].contains(how), "{name} is {how}");
    }
    for (kind, all) in extensions() {
        assert!(all.iter().any(|name| TYPES.contains(name)), "{kind:?} has no type of the contract");
    }
}

#[test]
fn the_tests_that_the_page_of_formats_names_exist() {
    let page = fs::read_to_string(workspace().join("docs/formats.md")).unwrap();
    let mut sources = String::new();
    let mut folders = vec![workspace().join("worker/documents/src/tests"), workspace().join("tests/it/flows")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources += &fs::read_to_string(path).unwrap();
            }
        }
    }
    let named = rows(&page).into_iter().flat_map(|(.., tests)| tests).chain(["every_format_goes_through_a_job"]);
    for test in named {
        assert!(sources.contains(&format!("fn {test}(")), "docs/formats.md names {test}, which is no test");
    }
}

#[test]
fn each_file_is_known_by_its_content_alone() {
    // What only a label can tell from other text.
    const LABELLED: [&str; 5] = ["csv", "tsv", "md", "yaml", "yml"];
    for (name, bytes) in files() {
        let extension = name.rsplit('.').next().unwrap();
        let expected = extensions().find(|(_, all)| all.contains(&extension)).map(|(kind, _)| kind);
        let labelled = LABELLED.contains(&extension);
        let filename = if labelled { name.as_str() } else { "a" };
        assert_eq!(detect(&Source { bytes: &bytes, filename, media_type: None }).ok(), expected, "{name}");
    }
}

/// Reads and ends, whatever the bytes are.
#[track_caller]
fn survive(name: &str, bytes: &[u8]) {
    let limits = Limits { max_text_bytes: 1 << 20, max_table_cells: 100_000, max_pages: 100, ..Limits::default() };
    let source = Source { bytes, filename: name, media_type: None };
    let read = std::panic::catch_unwind(|| {
        Engine::without_models()
            .read(&source, &ReadOptions::default(), &limits, &mut |_| ())
            .map(|read| read.pages.len())
    });
    match read {
        Ok(Ok(pages)) => assert!(pages > 0, "{name} has no page"),
        Ok(Err(error)) => assert!(!error.to_string().is_empty()),
        Err(_) => panic!("{name}: reading {} damaged bytes panicked", bytes.len()),
    }
}

/// A generator of numbers that gives the same ones in every run.
fn random(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |end| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % end.max(1)
    }
}

#[test]
fn every_kind_survives_damage() {
    let mut next = random(0x9e37_79b9_7f4a_7c15);
    for (name, bytes) in files() {
        for cut in 1..20 {
            survive(&name, &bytes[..bytes.len() * cut / 20]);
        }
        for _ in 0..30 {
            let mut damaged = bytes.clone();
            for _ in 0..=next(8) {
                let at = next(damaged.len());
                damaged[at] = u8::try_from(next(256)).unwrap();
            }
            survive(&name, &damaged);
        }
    }
}

#[test]
fn every_label_survives_random_bytes() {
    let mut next = random(0x2545_f491_4f6c_dd1d);
    for extension in extensions().flat_map(|(_, all)| all) {
        let name = format!("a.{extension}");
        for length in [1, 30, 3_000] {
            let noise: Vec<u8> = (0..length).map(|_| u8::try_from(next(256)).unwrap()).collect();
            survive(&name, &noise);
            // Without control characters it is text of some kind.
            let text: Vec<u8> = noise.iter().map(|byte| byte | 0x20).collect();
            survive(&name, &text);
        }
    }
    // The start of each file, with noise behind it.
    for (name, bytes) in files() {
        let start = &bytes[..bytes.len().min(64)];
        let noise: Vec<u8> = (0..3_000).map(|_| u8::try_from(next(256)).unwrap()).collect();
        survive(&name, &[start, &noise].concat());
    }
}
