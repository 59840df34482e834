//! A database per test, copied from a template that is migrated once.

use std::time::Duration;

use secrecy::SecretString;
use shared::domain::Clock;
use shared::store::{Store, StoreConfig};
use tokio::sync::{Mutex, OnceCell};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, NoTls};
use url::Url;

use crate::control::{Turn, Use};
use crate::{environment, eventually, leftovers};

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
/// One copy at a time: a copy fails while anybody is connected to its template.
static COPYING: Mutex<()> = Mutex::const_new(());

/// Time for the template's last connection to be gone.
const TEMPLATE_FREE: Duration = Duration::from_secs(10);
/// Partitions of the template reach this many days ahead; no test keeps data longer.
const RETENTION_DAYS: i32 = 7;

/// A migrated database of a test's own. Dropped with this value.
#[derive(Debug)]
pub struct Database {
    name: String,
    url: Url,
    _turn: Turn,
}

impl Database {
    /// A fresh one, beside other tests.
    pub async fn create() -> Self {
        Self::create_for(Use::Shared).await
    }

    /// A fresh one. The turn that comes with it is the test's: a test makes one database.
    pub async fn create_for(how: Use) -> Self {
        let turn = Turn::take(how).await;
        let template = TEMPLATE.get_or_init(make_template).await;
        let name = leftovers::fresh_name();
        let _one = COPYING.lock().await;
        let admin = connect(&environment::database_url()).await;
        let copy = format!("create database {name} template {template}");
        eventually("the template to be free", TEMPLATE_FREE, async || match admin.batch_execute(&copy).await {
            Ok(()) => Some(()),
            Err(error) if error.code() == Some(&SqlState::OBJECT_IN_USE) => None,
            Err(error) => panic!("{copy}: {error:?}"),
        })
        .await;
        Self { url: url_of(&name), name, _turn: turn }
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// A connection, for what no statement of the store does.
    pub async fn connect(&self) -> Client {
        connect(&self.url).await
    }

    /// The store on this database.
    #[must_use]
    pub fn store(&self) -> Store {
        self.store_of(16)
    }

    /// The store on this database, with so many connections at most.
    #[must_use]
    pub fn store_of(&self, pool_size: usize) -> Store {
        store(&self.url, pool_size)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("drop database if exists {} with (force)", self.name);
        crate::wait::block_on(async move {
            let admin = connect(&environment::database_url()).await;
            admin.batch_execute(&drop).await.expect("the test's database can be dropped");
        });
    }
}

fn url_of(name: &str) -> Url {
    let mut url = environment::database_url();
    url.set_path(name);
    url
}

fn store(url: &Url, pool_size: usize) -> Store {
    let config = StoreConfig {
        url: SecretString::from(url.as_str()),
        application_name: "quire-tests".to_owned(),
        pool_size,
        acquire_timeout: Duration::from_secs(10),
        statement_timeout: Duration::from_secs(10),
        lock_timeout: Duration::from_secs(5),
        idle_in_transaction_timeout: Duration::from_secs(10),
    };
    Store::new(&config, Clock::default()).expect("QUIRE_DATABASE_URL can be understood")
}

async fn connect(url: &Url) -> Client {
    let (client, connection) = tokio_postgres::connect(url.as_str(), NoTls)
        .await
        .unwrap_or_else(|error| panic!("QUIRE_DATABASE_URL: PostgreSQL does not answer: {error:?}"));
    // Ends with the client.
    tokio::spawn(connection);
    client
}

async fn make_template() -> String {
    let admin = connect(&environment::database_url()).await;
    let rows = admin.query("select datname::text from pg_database", &[]).await.expect("databases can be listed");
    for old in rows.iter().map(|row| row.get::<_, String>(0)).filter(|name| leftovers::is_leftover(name)) {
        // Another run may be tidying up too.
        admin.batch_execute(&format!("drop database if exists {old} with (force)")).await.ok();
    }
    let name = leftovers::template_name();
    admin.batch_execute(&format!("create database {name}")).await.expect("the role may create databases");
    let store = store(&url_of(&name), 2);
    store.migrate().await.expect("the schema can be migrated");
    store.ensure_partitions(RETENTION_DAYS).await.expect("partitions can be made");
    store.close();
    name
}
