//! Every variable there is: its default, its rule, what it is for. The table in README.md is compared with this one by a
//! test, and a process that finds another `QUIRE_` variable in its environment stops.

/// Which process reads a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsedBy {
    /// Both.
    Both,
    /// The api only.
    Api,
    /// The worker only.
    Worker,
    /// Neither: the scripts under deploy/ and the tests.
    Scripts,
}

/// One variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// Its value when it is not set; `None` when it must be set.
    pub default: Option<&'static str>,
    /// What a value must be, for people.
    pub rule: &'static str,
    /// Who reads it.
    pub used_by: UsedBy,
    /// What it is for.
    pub about: &'static str,
}

const fn variable(
    name: &'static str,
    default: &'static str,
    rule: &'static str,
    used_by: UsedBy,
    about: &'static str,
) -> Variable {
    Variable { name, default: Some(default), rule, used_by, about }
}

const fn required(name: &'static str, rule: &'static str, about: &'static str) -> Variable {
    Variable { name, default: None, rule, used_by: UsedBy::Both, about }
}

use UsedBy::{Api, Both, Scripts, Worker};

const MS: &str = "milliseconds, 1 to 86400000";
const COUNT: &str = "a whole number, 1 to 1000000";
const BYTES: &str = "bytes, 1024 to 1099511627776";

/// The table.
pub const VARIABLES: &[Variable] = &[
    required("QUIRE_DATABASE_URL", "postgres://user:password@host:port/database", "PostgreSQL 15 or later"),
    required("QUIRE_AMQP_URL", "amqp://user:password@host:port/vhost", "RabbitMQ 3.10 or later"),
    variable("QUIRE_DATABASE_POOL_SIZE", "16", COUNT, Both, "connections to PostgreSQL of one process, at most"),
    variable("QUIRE_DATABASE_ACQUIRE_TIMEOUT_MS", "3000", MS, Both, "wait for a connection"),
    variable("QUIRE_DATABASE_STATEMENT_TIMEOUT_MS", "10000", MS, Both, "bound of one statement"),
    variable("QUIRE_DATABASE_LOCK_TIMEOUT_MS", "5000", MS, Both, "bound of one wait for a lock"),
    variable("QUIRE_DATABASE_IDLE_TIMEOUT_MS", "10000", MS, Both, "bound of a transaction that does nothing"),
    variable("QUIRE_AMQP_CONFIRM_TIMEOUT_MS", "2000", MS, Both, "wait for the broker's confirm of one message"),
    variable("QUIRE_AMQP_CONNECT_TIMEOUT_MS", "3000", MS, Both, "wait for a connection to the broker"),
    variable("QUIRE_AMQP_PUBLISH_WINDOW", "256", COUNT, Both, "unconfirmed messages of one process, at most"),
    variable("QUIRE_AMQP_PUBLISH_QUEUE", "4096", COUNT, Both, "messages waiting to be sent, at most"),
    variable("QUIRE_AMQP_QUEUE_MAX_LENGTH", "200000", COUNT, Both, "ready messages of one lane, at most"),
    variable(
        "QUIRE_BLOB_URL",
        "",
        "a URL of the object store, or empty for ./.local/objects",
        Both,
        "where this installation alone keeps large requests and results: file:///directory, s3://bucket/path, gs://bucket, az://container; \
         credentials, region and endpoint from the usual variables AWS_*, GOOGLE_*, AZURE_*",
    ),
    variable("QUIRE_BLOB_CONNECT_TIMEOUT_MS", "3000", MS, Both, "wait for a connection to the object store"),
    variable("QUIRE_BLOB_REQUEST_TIMEOUT_MS", "30000", MS, Both, "bound of one request to the object store"),
    variable(
        "QUIRE_BLOB_RETRIES",
        "3",
        "a whole number, 0 to 100",
        Both,
        "how often a failed request to the object store is tried again, at most",
    ),
    variable(
        "QUIRE_BLOB_RETRY_TIMEOUT_MS",
        "10000",
        MS,
        Both,
        "how long a failed request to the object store is tried again",
    ),
    variable(
        "QUIRE_INLINE_MAX_BYTES",
        "131072",
        BYTES,
        Both,
        "compressed requests and results up to this size stay in PostgreSQL",
    ),
    variable(
        "QUIRE_PAYLOAD_MAX_BYTES",
        "268435456",
        BYTES,
        Both,
        "a stored request or result before compression, its files included, at most",
    ),
    variable(
        "QUIRE_ARTIFACT_MIN_BYTES",
        "32768",
        BYTES,
        Both,
        "base64 of a data: URL from this size on is kept decoded in the object store",
    ),
    variable("QUIRE_ARTIFACTS_MAX", "64", COUNT, Both, "files of one request or result that are kept so, at most"),
    variable(
        "QUIRE_ENDPOINTS_FILE",
        "",
        "a path, or empty for the built-in endpoints alone",
        Both,
        "the operator's endpoints, in TOML (docs/endpoints.md); read again at SIGHUP",
    ),
    variable("QUIRE_LOG", "info", "a filter of tracing-subscriber", Both, "what is logged"),
    variable("QUIRE_LOG_FORMAT", "json", "json or pretty", Both, "how it is logged"),
    variable("QUIRE_RETENTION_DAYS", "7", "days, 1 to 365", Both, "how long requests and results are kept"),
    variable(
        "QUIRE_RECORDS_DAYS",
        "90",
        "days, 31 to 3650, at least 2 more than QUIRE_RETENTION_DAYS",
        Worker,
        "how long jobs without their requests and results are kept after the end of their month",
    ),
    variable(
        "QUIRE_PARTITIONS_INTERVAL_MS",
        "3600000",
        MS,
        Both,
        "how often partitions are made ahead and, by the worker, taken away",
    ),
    variable(
        "QUIRE_FAIRNESS_WINDOW",
        "200",
        COUNT,
        Both,
        "messages of one organization in a lane that the broker may hold, at most",
    ),
    variable("QUIRE_FAIRNESS_PER_SLOT", "2", COUNT, Both, "of these, for each of the fleet's slots; at least 4 in all"),
    variable(
        "QUIRE_OUTBOX_HOLD_MS",
        "2000",
        MS,
        Both,
        "how long other processes leave an outbox row to the one that is publishing it",
    ),
    variable("QUIRE_API_ADDR", "127.0.0.1:8080", "host:port", Api, "where the API listens"),
    variable("QUIRE_API_CONNECTIONS", "10000", COUNT, Api, "connections of clients, at most"),
    variable("QUIRE_API_START_MS", "30000", MS, Api, "how long a start waits for PostgreSQL"),
    variable("QUIRE_API_URI_MAX_BYTES", "32768", "bytes, 1024 to 65000", Api, "path and query of one request, at most"),
    variable("QUIRE_API_HEADERS_MAX_BYTES", "32768", "bytes, 1024 to 1048576", Api, "headers of one request, at most"),
    variable("QUIRE_API_BODY_MAX_BYTES", "104857600", BYTES, Api, "one request body, at most"),
    variable("QUIRE_API_BODIES_MAX_BYTES", "536870912", BYTES, Api, "all request bodies in flight together, at most"),
    variable(
        "QUIRE_API_JSON_MAX_DEPTH",
        "64",
        "levels, 1 to 120",
        Api,
        "arrays and objects within each other in a request body, at most",
    ),
    variable("QUIRE_API_JSON_MAX_VALUES", "100000", COUNT, Api, "values in the JSON of a request body, at most"),
    variable("QUIRE_API_BODY_TIMEOUT_MS", "60000", MS, Api, "time to receive a request body"),
    variable(
        "QUIRE_API_CONFIRM_WAIT_MS",
        "150",
        MS,
        Api,
        "how long a create waits for the broker before it answers 202",
    ),
    variable("QUIRE_API_ACCEPT_BATCH", "128", COUNT, Api, "jobs that one statement accepts, at most"),
    variable(
        "QUIRE_API_ACCEPT_BATCH_BYTES",
        "4194304",
        BYTES,
        Api,
        "stored bytes of the jobs that one statement accepts, at most",
    ),
    variable("QUIRE_API_ACCEPT_WRITERS", "2", COUNT, Api, "accept statements at the same time"),
    variable("QUIRE_API_ACCEPT_QUEUE", "4096", COUNT, Api, "jobs waiting to be accepted, at most"),
    variable("QUIRE_API_ACCEPT_DEADLINE_MS", "10000", MS, Api, "how long a create tries to reach PostgreSQL"),
    variable(
        "QUIRE_API_STOP_GRACE_MS",
        "10000",
        MS,
        Api,
        "how long a retry waits for a handler that was just cancelled, unless its worker says that it has ended",
    ),
    variable(
        "QUIRE_API_RETRY_REPEAT_MS",
        "60000",
        MS,
        Api,
        "a retry this soon after another that has not ended asks for the same, and answers 200",
    ),
    variable("QUIRE_API_KEY_CACHE_MS", "5000", MS, Api, "how long a key that was found is not looked up again"),
    variable("QUIRE_API_KEY_CACHE", "10000", COUNT, Api, "keys that are remembered, at most"),
    variable("QUIRE_API_KEY_USED_MS", "60000", MS, Api, "how often it is written down when keys were last used"),
    variable("QUIRE_API_LIST_CONNECTIONS", "4", COUNT, Api, "connections to PostgreSQL for lists, beside the others"),
    variable("QUIRE_API_LIST_TIMEOUT_MS", "2000", MS, Api, "bound of the statement of one list"),
    variable("QUIRE_API_LIST_SCAN_MAX", "50000", COUNT, Api, "jobs that are looked at for one page of a list, at most"),
    variable("QUIRE_API_DRAIN_MS", "10000", MS, Api, "time for requests under way to end at a stop"),
    variable(
        "QUIRE_API_MIGRATE",
        "on",
        "on or off",
        Api,
        "whether the api brings the schema up to date when it starts",
    ),
    variable("QUIRE_WORKER_ADDR", "127.0.0.1:8081", "host:port, or off", Worker, "where health and metrics are served"),
    variable(
        "QUIRE_WORKER_ROLES",
        "execute,relay,maintain",
        "a list of execute, relay, maintain",
        Worker,
        "what the process does",
    ),
    variable(
        "QUIRE_WORKER_SLOTS",
        "interactive=2,batch=2,long=1",
        "a list of lane=slots, 0 to 1000 each",
        Worker,
        "attempts of each lane at the same time",
    ),
    variable(
        "QUIRE_WORKER_DRAIN_MS",
        "25000",
        MS,
        Worker,
        "time for running attempts to end at a stop, before they are released",
    ),
    variable(
        "QUIRE_WORKER_PULL_PAUSE_MS",
        "250",
        MS,
        Worker,
        "pause before the lane `long`, which is asked for work by free slots, is asked again when it had none",
    ),
    variable("QUIRE_WORKER_CLAIM_BATCH", "64", COUNT, Worker, "jobs that one statement claims, at most"),
    variable("QUIRE_WORKER_FINISH_BATCH", "64", COUNT, Worker, "jobs that one statement finishes, at most"),
    variable(
        "QUIRE_WORKER_FINISH_DEADLINE_MS",
        "60000",
        MS,
        Worker,
        "how long a finished attempt tries to reach PostgreSQL",
    ),
    variable(
        "QUIRE_WORKER_DIRECT_AFTER_MS",
        "5000",
        MS,
        Worker,
        "how long the broker must be away before work is taken straight from PostgreSQL",
    ),
    variable("QUIRE_WORKER_PRESENCE_MS", "2000", MS, Worker, "how often a worker says that it is there"),
    variable("QUIRE_LEASE_MS", "12000", MS, Worker, "how long a lease lasts unless it is renewed"),
    variable("QUIRE_HEARTBEAT_MS", "1000", MS, Worker, "how often leases are renewed"),
    variable("QUIRE_MAX_CRASHES", "5", COUNT, Worker, "lost workers that end a job"),
    variable(
        "QUIRE_RETRY_BASE_MS",
        "1000",
        MS,
        Worker,
        "longest delay before the second attempt; grows fourfold with each",
    ),
    variable("QUIRE_RETRY_MAX_MS", "600000", MS, Worker, "longest delay before any attempt"),
    variable(
        "QUIRE_RETRY_HURRY_MAX_MS",
        "60000",
        MS,
        Worker,
        "retries that are due this soon are announced by the broker's rungs, later ones by the relay",
    ),
    variable(
        "QUIRE_RETRY_WAITING_MAX",
        "10000",
        COUNT,
        Worker,
        "retries that wait in memory for their rung, at most; the others wait for the relay",
    ),
    variable(
        "QUIRE_UPSTREAM_IDLE_PER_HOST",
        "16",
        COUNT,
        Worker,
        "connections to one upstream that wait for the next request, at most",
    ),
    variable("QUIRE_UPSTREAM_IDLE_MS", "30000", MS, Worker, "how long they wait"),
    variable(
        "QUIRE_CIRCUIT_FAILURES",
        "5",
        COUNT,
        Worker,
        "jobs in a row after whose failure an upstream is left alone",
    ),
    variable("QUIRE_CIRCUIT_HOLD_MS", "1000", MS, Worker, "how long it is left alone the first time; doubles"),
    variable("QUIRE_CIRCUIT_HOLD_MAX_MS", "30000", MS, Worker, "how long at most, whatever its Retry-After says"),
    variable("QUIRE_RELAY_INTERVAL_MS", "250", MS, Worker, "how often the relay looks when it found nothing"),
    variable("QUIRE_RELAY_BATCH", "500", COUNT, Worker, "messages that the relay sends at once, at most"),
    variable("QUIRE_RESEND_INTERVAL_MS", "2000", MS, Worker, "how often the relay looks for lost messages"),
    variable(
        "QUIRE_RESEND_READY_MAX",
        "0",
        "a whole number, 0 to 1000000",
        Worker,
        "a lane with no more ready messages than this counts as empty",
    ),
    variable("QUIRE_RESEND_SETTLED_MS", "10000", MS, Worker, "with the lane empty, a message this old is lost"),
    variable(
        "QUIRE_RESEND_OVERTAKEN_MS",
        "60000",
        MS,
        Worker,
        "a message that this much younger ones have overtaken is lost",
    ),
    variable("QUIRE_RESEND_BATCH", "200", COUNT, Worker, "lost messages sent again at once, at most"),
    variable("QUIRE_MAINTENANCE_INTERVAL_MS", "1000", MS, Worker, "how often lost workers' jobs are looked for"),
    variable(
        "QUIRE_EXPIRY_INTERVAL_MS",
        "30000",
        MS,
        Worker,
        "how often queued jobs that are too old, old idempotency keys and lost workers are looked for",
    ),
    variable("QUIRE_EXPIRY_BATCH", "500", COUNT, Worker, "queued jobs that one statement expires, at most"),
    variable(
        "QUIRE_PARTITIONS_LOCK_TIMEOUT_MS",
        "2000",
        MS,
        Worker,
        "how long taking a partition away waits for transactions under way, before it is put off",
    ),
    variable(
        "QUIRE_DEAD_LETTER_BACKOFF_MS",
        "10000",
        MS,
        Worker,
        "how long a healthy job whose message the broker gave up is left alone before it is sent again",
    ),
    variable(
        "QUIRE_QUEUES_INTERVAL_MS",
        "15000",
        MS,
        Worker,
        "how often dead letters, quarantine and retry rungs are counted for the metrics",
    ),
    variable("QUIRE_SWEEP_INTERVAL_MS", "300000", MS, Worker, "how often objects that belong to no job are looked for"),
    variable("QUIRE_SWEEP_BATCH", "10000", COUNT, Worker, "objects looked at in one such round, at most"),
    variable("QUIRE_SWEEP_DELETES", "8", COUNT, Worker, "jobs whose objects are deleted at the same time"),
    variable(
        "QUIRE_CENSUS_INTERVAL_MS",
        "15000",
        MS,
        Worker,
        "how often what waits and runs is counted for the metrics",
    ),
    variable("QUIRE_CENSUS_MAX_ROWS", "200000", COUNT, Worker, "queued jobs that such a count looks at, at most"),
    variable(
        "QUIRE_ENGINE_PROCESSES",
        "0",
        "a whole number, 0 to 1024; 0 is one a core",
        Worker,
        "child processes that read documents",
    ),
    variable(
        "QUIRE_MODELS_DIR",
        "",
        "a path, or empty",
        Worker,
        "directory of the recognition models, by `make models`",
    ),
    variable("QUIRE_ENGINE_MEMORY_BYTES", "1073741824", BYTES, Worker, "address space of one child, at most"),
    variable("QUIRE_ENGINE_TIMEOUT_MS", "120000", MS, Worker, "time a child may take for one document"),
    variable("QUIRE_ENGINE_RECYCLE_JOBS", "500", COUNT, Worker, "documents after which a child is replaced"),
    variable("QUIRE_ENGINE_MAX_PAGES", "5000", COUNT, Worker, "pages of one document, at most"),
    variable("QUIRE_ENGINE_MAX_TEXT_BYTES", "67108864", BYTES, Worker, "text of one document, at most"),
    variable(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "",
        "a URL, or empty for no export",
        Both,
        "where traces are sent, by OTLP over HTTP",
    ),
    variable(
        "QUIRE_AMQP_MANAGEMENT_URL",
        "",
        "a URL",
        Scripts,
        "the broker's management API: the tests make virtual hosts by it",
    ),
    variable("QUIRE_TEST_S3_URL", "", "http://key:secret@host:port/bucket", Scripts, "the S3 of the tests"),
    variable("QUIRE_TEST_SDK", "", "a path", Scripts, "the SDKs of the tests and the Python that runs them"),
    variable("QUIRE_STORES", "", "private, compose or given", Scripts, "who runs PostgreSQL and RabbitMQ"),
    variable(
        "QUIRE_STORES_CONTROL",
        "",
        "a path",
        Scripts,
        "the script by which the tests stop and start private stores",
    ),
];
