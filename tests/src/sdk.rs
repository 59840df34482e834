//! The Retab SDK as it is on PyPI, run by a Python that `make test` finds or brings.

use std::ffi::OsString;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::environment;

/// Time for all tests of one version, of which importing the SDK is a part.
const BOUND: Duration = Duration::from_secs(300);

/// Runs the tests under tests/sdk with one version of the SDK, and answers how many there were.
///
/// # Panics
/// When one of them fails, or they take too long.
pub async fn run_tests(version: &str, variables: &[(&str, &str)]) -> String {
    let folder = environment::sdk_folder();
    let sdk = folder.join(version);
    assert!(
        sdk.join("retab").is_dir(),
        "QUIRE_TEST_SDK: no retab {version} in {}; run deploy/sdk.sh",
        folder.display()
    );
    let mut path = OsString::from(&sdk);
    path.push(":");
    path.push(folder.join("packages"));
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("sdk");
    let running = Command::new(folder.join("python3"))
        .args(["-m", "unittest", "discover", "--verbose", "--start-directory"])
        .arg(&tests)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("PYTHONPATH", path)
        .env("PYTHONPYCACHEPREFIX", folder.join("bytecode"))
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let done = tokio::time::timeout(BOUND, running)
        .await
        .unwrap_or_else(|_| panic!("the tests of retab {version} still run after {BOUND:?}"))
        .expect("the SDKs' Python can be started");
    let words = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "retab {version}: {}\n{words}", done.status);
    let count = words.lines().find(|line| line.starts_with("Ran ") && !line.starts_with("Ran 0 "));
    count.unwrap_or_else(|| panic!("retab {version}: no test ran\n{words}")).to_owned()
}
