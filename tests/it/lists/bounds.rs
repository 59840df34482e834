use tests::app::App;
use tests::fill::Fill;

use super::{ids, list, pairs};

const FILL: Fill = Fill { jobs: 3_000, organizations: 2, days: 30 };

#[tokio::test]
async fn a_page_that_would_take_too_long_to_fill_is_refused_and_from_date_helps() {
    let app = App::builder("a_page_that_would_take_too_long_to_fill")
        .workers(0)
        .api_env("QUIRE_API_LIST_SCAN_MAX", "600")
        .start()
        .await;
    let sql = app.database().connect().await;
    FILL.into(&sql).await;
    let client = app.client_of("filled-2").await;
    let rare = ("filename_contains", "-2999");
    let answer = list(&client, &pairs(&[rare])).await;
    assert_eq!((answer.code, answer.error_code()), (422, "filter_too_broad"), "{}", answer.body);
    assert!(answer.body["detail"]["message"].as_str().unwrap().contains("from_date"));
    assert_eq!(answer.body["detail"]["details"]["scan_max"], 600);
    let today: String =
        sql.query_one("select to_char(now() at time zone 'utc', 'YYYY-MM-DD')", &[]).await.unwrap().get(0);
    assert!(ids(&list(&client, &pairs(&[rare, ("from_date", &today)])).await).is_empty());
    // A page that fills is no matter how many jobs lie beyond it, and says that there may be more.
    let common = list(&client, &pairs(&[("filename_contains", "invoice"), ("limit", "5")])).await;
    assert_eq!(ids(&common).len(), 5);
    assert_eq!(common.body["has_more"], true);
    // What has an index is never too broad.
    assert_eq!(ids(&list(&client, &pairs(&[("status", "expired"), ("limit", "100")])).await).len(), 100);
    let first = list(&client, &pairs(&[("project_id", "p1"), ("order", "asc"), ("limit", "100")])).await;
    assert!(!ids(&first).is_empty());
    Fill::remove(&sql).await;
    app.finish().await;
}

#[tokio::test]
async fn a_list_whose_time_is_over_is_too_broad() {
    let app = App::builder("a_list_whose_time_is_over_is_too_broad")
        .workers(0)
        .api_env("QUIRE_API_LIST_TIMEOUT_MS", "300")
        .start()
        .await;
    let sql = app.database().connect().await;
    FILL.into(&sql).await;
    let client = app.client_of("filled-1").await;
    assert_eq!(ids(&list(&client, &[]).await).len(), 20);
    // A lock that no reader gets past stands for a statement that takes long.
    sql.batch_execute("begin; lock table job_records in access exclusive mode").await.unwrap();
    let answer = list(&client, &[]).await;
    sql.batch_execute("rollback").await.unwrap();
    assert_eq!((answer.code, answer.error_code()), (422, "filter_too_broad"), "{}", answer.body);
    assert_eq!(ids(&list(&client, &[]).await).len(), 20, "the connection works on");
    Fill::remove(&sql).await;
    app.finish().await;
}
