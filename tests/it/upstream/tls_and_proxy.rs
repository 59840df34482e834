use std::path::PathBuf;

use serde_json::json;
use shared::domain::Status;
use tests::app::App;
use tests::report;
use tests::upstream::{Authority, Reply, Upstream};

use super::{Endpoint, file, run};

/// A file that goes with this value.
struct Certificate(PathBuf);

impl Certificate {
    fn of(authority: &Authority) -> Self {
        let path = std::env::temp_dir().join(format!("quire-it-{:016x}.pem", rand::random::<u64>()));
        std::fs::write(&path, authority.pem()).unwrap();
        Self(path)
    }

    fn line(&self) -> String {
        format!("ca_file = \"{}\"", self.0.display())
    }
}

impl Drop for Certificate {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

#[tokio::test]
async fn a_private_authority_is_trusted_where_it_is_named_and_nowhere_else() {
    let (authority, other) = (Authority::new(), Authority::new());
    let upstream = Upstream::start_tls(&authority).await;
    let (right, wrong) = (Certificate::of(&authority), Certificate::of(&other));
    let endpoint = |name: &str| Endpoint::new(&format!("/v1/{name}"), &upstream.url("/")).retry("attempts = 1");
    let endpoints =
        [endpoint("right").upstream(&right.line()), endpoint("wrong").upstream(&wrong.line()), endpoint("none")];
    let app =
        App::builder("a_private_authority_is_trusted_where_it_is_named").endpoints(&file(&endpoints)).start().await;
    let job = run(&app, "/v1/right", Status::Completed).await;
    assert_eq!(job["response"]["body"], json!({ "ok": true }));
    for path in ["/v1/wrong", "/v1/none"] {
        let job = run(&app, path, Status::Failed).await;
        assert_eq!(job["error"]["code"], "upstream_unavailable", "{job}");
        let causes = job["error"]["details"]["causes"].to_string();
        report(format_args!("{path}: {}; causes {causes}", job["error"]["message"]));
        assert!(causes.contains("UnknownIssuer"), "{job}");
    }
    assert_eq!(upstream.count(), 1);
    app.finish().await;
}

/// Whoever is there takes the connection and says nothing.
#[tokio::test]
async fn a_handshake_that_hangs_is_cut_at_the_time_out_of_connections() {
    let upstream = Upstream::start().await;
    let url = upstream.url("/").replace("http:", "https:");
    let endpoint = Endpoint::new("/v1/mute", &url).retry("attempts = 1").upstream("connect_timeout_ms = 300");
    let app = App::builder("a_handshake_that_hangs_is_cut").endpoints(&file(&[endpoint])).start().await;
    let job = run(&app, "/v1/mute", Status::Failed).await;
    assert_eq!((&job["attempt_count"], &job["error"]["code"]), (&json!(1), &json!("upstream_unavailable")), "{job}");
    assert!(job["error"]["message"].as_str().unwrap().contains("timed out"), "{job}");
    assert_eq!((upstream.connections(), upstream.count()), (1, 0));
    app.finish().await;
}

#[tokio::test]
async fn a_proxy_is_used_where_it_is_named_and_the_environments_only_on_request() {
    let (upstream, proxy, of_environment) = (Upstream::start().await, Upstream::start().await, Upstream::start().await);
    let endpoints = [
        Endpoint::new("/v1/straight", &upstream.url("/straight")),
        Endpoint::new("/v1/by-proxy", "http://service.invalid/named")
            .upstream(&format!("proxy = \"{}\"", proxy.url(""))),
        Endpoint::new("/v1/by-tunnel", "https://service.invalid/hidden")
            .retry("attempts = 1")
            .header("x-key = \"open\"")
            .upstream(&format!("proxy = \"{}\"", proxy.url("").replace("://", "://me:sesame@"))),
        Endpoint::new("/v1/by-environment", "http://service.invalid/around").upstream("proxy = \"environment\""),
    ];
    let app = App::builder("a_proxy_is_used_where_it_is_named")
        .worker_env("HTTP_PROXY", &of_environment.url(""))
        .worker_env("ALL_PROXY", &of_environment.url(""))
        .endpoints(&file(&endpoints))
        .start()
        .await;
    for path in ["/v1/straight", "/v1/by-proxy", "/v1/by-environment"] {
        let job = run(&app, path, Status::Completed).await;
        assert_eq!(job["attempt_count"], 1, "{job}");
    }
    let targets = |upstream: &Upstream| upstream.received().into_iter().map(|found| found.target).collect::<Vec<_>>();
    assert_eq!(targets(&upstream), ["/straight"]);
    assert_eq!(targets(&proxy), ["http://service.invalid/named"]);
    // What is encrypted goes through a tunnel: a proxy that makes none sees nothing of the request.
    proxy.then(Reply::of(403));
    let job = run(&app, "/v1/by-tunnel", Status::Failed).await;
    assert_eq!(job["error"]["code"], "upstream_unavailable", "{job}");
    assert!(!job.to_string().contains("sesame"), "{job}");
    let tunnel = &proxy.received()[1];
    assert_eq!((&*tunnel.method, &*tunnel.target), ("CONNECT", "service.invalid:443"));
    assert_eq!(tunnel.header("proxy-authorization"), "Basic bWU6c2VzYW1l");
    assert_eq!((tunnel.header("x-key"), tunnel.body.len()), ("", 0));
    assert_eq!(targets(&of_environment), ["http://service.invalid/around"]);
    app.finish().await;
}
