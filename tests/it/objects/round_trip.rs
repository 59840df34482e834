use std::time::Duration;

use futures_util::TryStreamExt as _;
use shared::blob::{Blob, Kept, Usable};
use shared::domain::Status;
use tests::app::App;
use tests::objects::Objects;

use super::large_job;

const BOUND: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_large_request_and_its_result_go_through_s3_and_come_back_as_they_were() {
    let name = "a_large_request_and_its_result_go_through_s3_and_come_back_as_they_were";
    let objects = Objects::s3();
    let app = App::builder(name).objects(&objects).start().await;
    let body = large_job(4_000_000);
    let id = app.client().submit(&body).await;
    let job = app.client().wait_until(id, Status::Completed, BOUND).await;
    assert!(job["request"] == body["request"], "the request is another one");
    let text = job["response"]["body"]["text"].as_str().unwrap();
    let sent = body["request"]["document"]["url"].as_str().unwrap();
    assert!(sent.len() > 5_000_000 && text.len() > 3_900_000, "{} and {} bytes", sent.len(), text.len());

    let kept = objects_under(&objects.blob(), &format!("jobs/{id}")).await;
    assert!(kept.iter().any(|path| path.contains("/result-")), "the result is not in S3: {kept:?}");
    assert!(kept.len() >= 2, "the request is not in S3: {kept:?}");
    app.finish().await;
}

#[tokio::test]
async fn a_directory_and_s3_keep_read_and_remove_alike() {
    for objects in Objects::each() {
        let blob = objects.blob();
        assert!(matches!(blob.check().await, Ok(Usable::Yes)), "{}", objects.name);
        let noise: Vec<u8> = (0..300_000).map(|_| rand::random()).collect();
        let kept = blob.keep("jobs/one/request", noise.clone().into()).await.unwrap();
        assert_eq!(kept, Kept::InObject("jobs/one/request".to_owned()), "{}", objects.name);
        assert!(read(&blob).await.unwrap() == noise, "{}", objects.name);
        // Another test's, in the same bucket.
        let other = Objects::s3();
        assert!(read(&other.blob()).await.is_none());
        blob.remove("jobs/one/request").await.unwrap();
        blob.remove("jobs/one/request").await.unwrap();
        assert!(read(&blob).await.is_none(), "{}", objects.name);

        for path in ["jobs/one/request", "jobs/one/files/0", "jobs/one-more/request"] {
            blob.keep(path, noise.clone().into()).await.unwrap();
        }
        assert_eq!(objects_under(&blob, "jobs").await.len(), 3, "{}", objects.name);
        assert_eq!(blob.remove_prefix("jobs/one").await.unwrap(), 2, "{}", objects.name);
        assert_eq!(objects_under(&blob, "jobs").await, ["jobs/one-more/request"], "{}", objects.name);
    }
}

async fn objects_under(blob: &Blob, prefix: &str) -> Vec<String> {
    blob.walk(prefix).try_collect().await.unwrap()
}

async fn read(blob: &Blob) -> Option<Vec<u8>> {
    blob.read_object("jobs/one/request", 300_000).await.ok().map(Into::into)
}

#[tokio::test]
async fn a_store_that_refuses_stops_the_start_and_says_why() {
    for (variable, value) in [("AWS_SECRET_ACCESS_KEY", "another"), ("QUIRE_BLOB_URL", "s3://no-such-bucket")] {
        let error = Objects::s3().blob_with(&[(variable, value)]).check().await.unwrap_err();
        let store = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        let expected = if variable.starts_with("AWS") { "SignatureDoesNotMatch" } else { "NoSuchBucket" };
        assert!(store.contains(expected), "{variable}: {error}: {store}");
        assert!(!store.contains("another"), "{store}");
    }
}
