//! A virtual host of the broker per test, made by the management API.

use std::sync::Once;
use std::time::Duration;

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use url::Url;

use crate::{control, environment, leftovers};

const TIMEOUT: Duration = Duration::from_secs(20);

static TIDIED: OnceCell<()> = OnceCell::const_new();

/// A virtual host of a test's own. Deleted with this value.
#[derive(Debug)]
pub struct VirtualHost {
    name: String,
}

impl VirtualHost {
    /// A fresh one.
    pub async fn create() -> Self {
        TIDIED.get_or_init(remove_leftovers).await;
        let host = Self { name: leftovers::fresh_name() };
        call(Method::PUT, &format!("vhosts/{}", host.name), json!({})).await;
        let all = json!({ "configure": ".*", "write": ".*", "read": ".*" });
        let user = environment::amqp_url().username().to_owned();
        call(Method::PUT, &format!("permissions/{}/{user}", host.name), all).await;
        host
    }

    /// Where it is, for `QUIRE_AMQP_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        let mut url = environment::amqp_url();
        url.set_path(&self.name);
        url.into()
    }

    /// Ready messages of a queue, by the broker's own count, which is some seconds old.
    pub async fn queues(&self) -> Value {
        call(Method::GET, &format!("queues/{}", self.name), Value::Null).await
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Puts a message into an exchange.
    pub async fn publish(&self, exchange: &str, routing_key: &str, payload: &str) {
        let message = json!({
            "properties": { "delivery_mode": 2 },
            "routing_key": routing_key,
            "payload": payload,
            "payload_encoding": "string",
        });
        let routed = call(Method::POST, &format!("exchanges/{}/{exchange}/publish", self.name), message).await;
        assert_eq!(routed["routed"], true, "{exchange} {routing_key}: {routed}");
    }

    /// Takes one message out of a queue and gives it back, as a consumer does that goes away. `false` when there is none.
    pub async fn give_back(&self, queue: &str) -> bool {
        let how = json!({ "count": 1, "ackmode": "reject_requeue_true", "encoding": "auto" });
        let taken = call(Method::POST, &format!("queues/{}/{queue}/get", self.name), how).await;
        taken.as_array().is_some_and(|messages| !messages.is_empty())
    }

    /// The names of the connections that are open, each with what its owner calls it.
    pub async fn connections(&self) -> Vec<(String, String)> {
        let listed = call(Method::GET, &format!("vhosts/{}/connections", self.name), Value::Null).await;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let open = listed.as_array().into_iter().flatten();
        open.map(|one| (text(&one["name"]), text(&one["client_properties"]["connection_name"]))).collect()
    }

    /// Closes a connection by force.
    pub async fn close(&self, connection: &str) {
        call(Method::DELETE, &format!("connections/{connection}"), Value::Null).await;
    }

    /// Deletes a queue and what is in it.
    pub async fn delete_queue(&self, queue: &str) {
        call(Method::DELETE, &format!("queues/{}/{queue}", self.name), Value::Null).await;
    }

    /// How many queues are bound to an exchange.
    pub async fn bound(&self, exchange: &str) -> usize {
        let path = format!("exchanges/{}/{exchange}/bindings/source", self.name);
        call(Method::GET, &path, Value::Null).await.as_array().map_or(0, Vec::len)
    }

    /// Replaces a direct exchange by one that nothing is bound to: its messages are lost from now on. What is bound to an
    /// exclusive queue cannot be unbound by anybody else.
    pub async fn unbind(&self, exchange: &str) {
        let path = format!("exchanges/{}/{exchange}", self.name);
        call(Method::DELETE, &path, Value::Null).await;
        call(Method::PUT, &path, json!({ "type": "direct", "durable": true })).await;
    }
}

impl Drop for VirtualHost {
    fn drop(&mut self) {
        if control::broker_just_started() {
            return;
        }
        let path = format!("vhosts/{}", self.name);
        crate::wait::block_on(async move {
            call(Method::DELETE, &path, Value::Null).await;
        });
    }
}

async fn remove_leftovers() {
    let hosts = call(Method::GET, "vhosts", Value::Null).await;
    let names = hosts.as_array().into_iter().flatten().filter_map(|host| host["name"].as_str());
    for old in names.filter(|name| leftovers::is_leftover(name)) {
        call(Method::DELETE, &format!("vhosts/{old}"), Value::Null).await;
    }
}

/// One exchange with the management API; the answer's body, if it is JSON.
async fn call(method: Method, path: &str, body: Value) -> Value {
    let base = environment::management_url();
    let mut url = Url::parse(&format!("{}://{}", base.scheme(), authority(&base))).expect("an address is a URL");
    url.set_path(&format!("/api/{path}"));
    let mut request = http().request(method.clone(), url).basic_auth(base.username(), base.password());
    if !body.is_null() {
        request = request.json(&body);
    }
    let answer = request.send().await.unwrap_or_else(|error| {
        panic!("QUIRE_AMQP_MANAGEMENT_URL: the broker's management does not answer: {error:?}")
    });
    let status = answer.status();
    // Deleted by another run in the meantime.
    let gone = method == Method::DELETE && status == StatusCode::NOT_FOUND;
    assert!(status.is_success() || gone, "{method} /api/{path}: {status}");
    answer.json().await.unwrap_or(Value::Null)
}

fn authority(url: &Url) -> String {
    let host = url.host_str().expect("QUIRE_AMQP_MANAGEMENT_URL names a host");
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// A client with time-outs. One for each call or test: its connections belong to the runtime that made them.
pub(crate) fn http() -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Fails only when somebody else was first, which is as good.
        rustls::crypto::ring::default_provider().install_default().ok();
    });
    Client::builder().timeout(TIMEOUT).connect_timeout(Duration::from_secs(5)).build().expect("a client can be built")
}
