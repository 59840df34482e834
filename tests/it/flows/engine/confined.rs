use std::fs;

use shared::domain::Status;
use tests::app::App;
use tests::documents::{fixture_job, text_job};

use super::{BOUND, child};

fn status(pid: i32, name: &str) -> String {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.unwrap_or_else(|| panic!("{name} is not in {status}")).trim().to_owned()
}

#[tokio::test]
async fn the_kernel_says_that_a_busy_child_is_shut_in_and_holds_nothing() {
    let mut app = App::builder("the_kernel_says_that_a_busy_child_is_shut_in")
        .worker_env("QUIRE_ENGINE_PROCESSES", "1")
        .start()
        .await;
    // Idle, it has long read what it was started with.
    let warm = app.client().submit(&text_job("warm")).await;
    app.client().wait_until(warm, Status::Completed, BOUND).await;
    let pid = child(&mut app, &[]).await;
    let busy = app.client().submit(&fixture_job("loop.pdf")).await;
    app.client().wait_until(busy, Status::InProgress, BOUND).await;

    assert_eq!(status(pid, "Seccomp"), "2", "no filter of system calls");
    assert_eq!(status(pid, "NoNewPrivs"), "1");
    assert_eq!(fs::read(format!("/proc/{pid}/environ")).unwrap(), b"", "a child has an environment");
    let arguments = fs::read(format!("/proc/{pid}/cmdline")).unwrap();
    assert!(!String::from_utf8_lossy(&arguments).contains("://"), "a child is told of a server");
    let mut open: Vec<(String, String)> = fs::read_dir(format!("/proc/{pid}/fd"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let target = fs::read_link(entry.path()).unwrap().to_string_lossy().into_owned();
            (entry.file_name().to_string_lossy().into_owned(), target)
        })
        .collect();
    open.sort();
    let numbers: Vec<&str> = open.iter().map(|(number, _)| number.as_str()).collect();
    assert_eq!(numbers, ["0", "1", "2"], "{open:?}");
    assert!(open.iter().all(|(_, target)| target.starts_with("pipe:")), "{open:?}");

    app.client().cancel(busy).await;
    app.client().wait_until(busy, Status::Cancelled, BOUND).await;
    app.finish().await;
}

#[tokio::test]
async fn an_operator_may_do_without_the_sandbox() {
    let mut app = App::builder("an_operator_may_do_without_the_sandbox")
        .worker_env("QUIRE_ENGINE_PROCESSES", "1")
        .worker_env("QUIRE_ENGINE_SANDBOX", "off")
        .start()
        .await;
    let warm = app.client().submit(&text_job("warm")).await;
    app.client().wait_until(warm, Status::Completed, BOUND).await;
    let pid = child(&mut app, &[]).await;
    assert_eq!(status(pid, "Seccomp"), "0");
    app.finish().await;
}
