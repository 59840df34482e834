//! Requests to `quire-worker run` as files, and its answers.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tests::{models_dir, run_program};

/// Some pages are recognized, by an engine of a debug build and beside other tests.
const BOUND: Duration = Duration::from_secs(300);

/// How many folders of requests there have been.
static FOLDERS: AtomicUsize = AtomicUsize::new(0);

/// Requests as files in a folder of their own.
pub(super) struct Requests {
    endpoint: &'static str,
    folder: PathBuf,
    files: Vec<String>,
}

impl Requests {
    /// Requests to an endpoint by the names of their files.
    pub(super) fn write(endpoint: &'static str, requests: &[(String, Value)]) -> Self {
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("quire-frozen-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let write = |(name, request): &(String, Value)| {
            let file = folder.join(format!("{name}.json"));
            std::fs::write(&file, request.to_string()).unwrap();
            file.display().to_string()
        };
        let files = requests.iter().map(write).collect();
        Self { endpoint, folder, files }
    }

    /// The answers, in the order of the requests.
    pub(super) async fn answers(&self) -> Vec<Value> {
        let models = models_dir();
        let variables = [("QUIRE_MODELS_DIR", models.as_str())];
        let requests = self.files.iter().flat_map(|file| ["--request", file.as_str()]);
        let arguments: Vec<&str> = ["run", self.endpoint].into_iter().chain(requests).collect();
        let output = run_program("quire-worker", &variables, &arguments, BOUND).await;
        let text = String::from_utf8(output.stdout).unwrap();
        let answers: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(answers.len(), self.files.len(), "{}", String::from_utf8_lossy(&output.stderr));
        answers
    }
}

impl Drop for Requests {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// A file of the frozen ones as a request names it.
pub(super) fn document(folder: &Path, name: &str) -> Value {
    let bytes = std::fs::read(folder.join(name)).unwrap();
    json!({"filename": name, "url": format!("data:application/octet-stream;base64,{}", STANDARD.encode(bytes))})
}

/// The folder of frozen documents, and what its listing says of them.
pub(super) fn frozen(folder: &str) -> (PathBuf, Value) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = root.join("tests/quality").join(folder);
    let listing = std::fs::read_to_string(folder.join("documents.json")).unwrap();
    (folder, serde_json::from_str(&listing).unwrap())
}
