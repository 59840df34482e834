//! The harness is what every other test here trusts: it must fail when it should.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use tests::app::App;
use tests::documents::text_job;

/// What a test's panic said.
async fn panic_of(test: impl Future<Output = ()>) -> String {
    let panic = AssertUnwindSafe(test).catch_unwind().await.expect_err("the test did not fail");
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_test_that_leaves_a_job_behind_fails() {
    let said = panic_of(async {
        let app = App::builder("a_test_that_leaves_a_job_behind_fails").workers(0).start().await;
        app.client().submit(&text_job("nobody runs this")).await;
        app.finish().await;
    })
    .await;
    assert!(said.contains("left behind") && said.contains("queued"), "{said}");
}

#[tokio::test]
async fn a_test_that_ends_without_the_checks_fails() {
    let said = panic_of(async {
        App::builder("a_test_that_ends_without_the_checks_fails").workers(0).start().await;
    })
    .await;
    assert!(said.contains("App::finish"), "{said}");
}

#[tokio::test]
async fn a_test_that_breaks_an_invariant_fails() {
    let said = panic_of(async {
        let mut app = App::builder("a_test_that_breaks_an_invariant_fails").workers(0).start().await;
        app.leaves_unfinished();
        app.client().submit(&text_job("forgotten")).await;
        let sql = app.database().connect().await;
        sql.batch_execute("delete from outbox").await.unwrap();
        app.finish().await;
    })
    .await;
    assert!(said.contains("the outbox holds the queued jobs"), "{said}");
}
