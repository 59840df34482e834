//! The process from start to drain: builds every part, starts what the roles ask for, stops it in order.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context as _;
use shared::broker::{BrokerConfig, ConsumerHandle, Consumers, Manner, Publisher};
use shared::config::Env;
use shared::domain::{Endpoints, Lane};
use shared::endpoints::{Changes, reload};
use shared::setup;
use shared::store::Store;
use shared::telemetry::{self, Metrics};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::attempt::{Finisher, Held, Retries, Runner, StopReason, cancels, heartbeat, progress};
use crate::config::{Config, Role};
use crate::context::Context;
use crate::engine::EnginePool;
use crate::executor::{Documents, Executors, Http};
use crate::flow::Flow;
use crate::health::{self, Health};
use crate::intake::{Intake, acknowledges_early, direct};
use crate::{maintenance, presence, relay};

/// How long a starting worker waits for PostgreSQL and for the schema that the api makes.
const START_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);
const START_PAUSE: std::time::Duration = std::time::Duration::from_millis(250);

/// Runs the worker until SIGTERM or SIGINT, drains it, and returns.
///
/// # Errors
/// When the configuration is wrong or PostgreSQL cannot be used; the message names which.
pub async fn serve(env: Env) -> anyhow::Result<()> {
    // Before anything that takes its time: it ends a process that does not wait for it.
    let hangups = signal(SignalKind::hangup())?;
    let config = Arc::new(Config::from_env(&env)?);
    let worker_id: Arc<str> = format!("{}-{:08x}", host(), rand::random::<u32>()).into();
    let guard = telemetry::init(setup::telemetry(&env, "quire-worker", worker_id.to_string())?)?;
    let metrics = Metrics::install()?;
    let store = setup::store(&env, &format!("quire-worker {worker_id}"))?;
    let blob = setup::blob(&env)?;
    setup::check_blob(&blob).await?;
    let endpoints = setup::endpoints(&env)?;
    let background = Background::default();
    background.keep_endpoints(hangups, env.clone(), endpoints.clone());
    wait_for_schema(&store).await?;

    let publishing = CancellationToken::new();
    let broker = setup::broker(&env, &format!("quire-worker {worker_id}"))?;
    let (publisher, publisher_task) = Publisher::start(broker.clone(), publishing.clone());
    let flow = Flow::new(store.clone(), endpoints.clone(), config.flow);
    let context = Context { config: Arc::clone(&config), endpoints, store, blob, publisher, flow, worker_id };

    let held = Held::new();
    let execution = config.has(Role::Execute).then(|| Execution::start(&context, broker.clone(), &held));
    if let Some(address) = config.address {
        let health = Health {
            store: context.store.clone(),
            metrics,
            held: held.clone(),
            connected: execution.as_ref().map(|execution| execution.consumers.connected()),
        };
        let serving = health::serve(address, health, background.last.clone())
            .await
            .with_context(|| format!("QUIRE_WORKER_ADDR: cannot listen on {address}"))?;
        background.tasks.spawn(serving);
    }
    background.start(&context, broker, &held);
    tracing::info!(worker.id = %context.worker_id, roles = ?config.roles, "worker {} is up", context.worker_id);

    stop_signal().await?;
    tracing::info!(in_flight = held.len(), "draining");
    background.first.cancel();
    if let Some(execution) = execution {
        execution.drain(&context, &held).await;
    }
    if let Err(error) = context.store.worker_left(&context.worker_id).await {
        tracing::warn!(error = &error as &dyn std::error::Error, "the worker's leave was not noted");
    }
    background.end().await;
    publishing.cancel();
    let _ended = publisher_task.await;
    tracing::info!("worker {} has drained", context.worker_id);
    guard.shutdown().await;
    Ok(())
}

/// What runs beside the attempts.
#[derive(Default)]
struct Background {
    tasks: TaskTracker,
    /// Ends what must not begin anything new while attempts still end.
    first: CancellationToken,
    /// Ends what attempts need to their last: health is told to the end.
    last: CancellationToken,
}

impl Background {
    fn start(&self, context: &Context, broker: BrokerConfig, held: &Held) {
        let (context, config) = (context.clone(), &context.config);
        if config.has(Role::Relay) {
            for lane in Lane::ALL {
                self.tasks.spawn(relay::relay(context.clone(), lane, self.first.clone()));
            }
            self.tasks.spawn(relay::resend(context.clone(), self.first.clone()));
        }
        if config.has(Role::Execute) {
            // Attempts that end late still want to know, and to be known.
            self.tasks.spawn(context.flow.clone().watch(self.last.clone()));
            self.tasks.spawn(progress(context.clone(), held.clone(), self.last.clone()));
        }
        if config.has(Role::Maintain) {
            maintenance::start(&self.tasks, &context, broker, &self.first);
        }
        self.tasks.spawn(presence::presence(context.clone(), held.clone(), self.first.clone()));
    }

    /// Reads the operator's endpoints again when it is asked to.
    fn keep_endpoints(&self, hangups: Signal, env: Env, endpoints: Endpoints) {
        let read =
            move || env.optional("QUIRE_ENDPOINTS_FILE")?.map(|_| setup::registry(&env, &|_| Ok(()))).transpose();
        let last = self.last.clone();
        self.tasks.spawn(last.run_until_cancelled_owned(reload(hangups, read, move |registry| {
            let before = endpoints.replace(registry);
            Changes::between(&before, &endpoints.current())
        })));
    }

    async fn end(self) {
        self.first.cancel();
        self.last.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

/// The part that takes and runs jobs.
struct Execution {
    consumers: ConsumerHandle,
    /// Cancelled when no more work is to be taken.
    intake: CancellationToken,
    /// Cancelled when no lease is left to renew.
    renewing: CancellationToken,
    tasks: TaskTracker,
    heartbeat: JoinHandle<()>,
    finisher: JoinHandle<()>,
    retries: Retries,
    stamper: JoinHandle<()>,
    engine: Arc<EnginePool>,
}

impl Execution {
    fn start(context: &Context, broker: BrokerConfig, held: &Held) -> Self {
        let settings = &context.config.execute;
        let (intake, renewing, tasks) = (CancellationToken::new(), CancellationToken::new(), TaskTracker::new());
        let (finisher, finisher_task) = Finisher::start(
            context.store.clone(),
            settings.finish_rules,
            settings.finish_batch,
            settings.finish_deadline,
        );
        let (retries, stamper) = Retries::start(context.store.clone(), context.publisher.clone(), settings.retries);
        let engine = EnginePool::new(context.config.engine.clone());
        let http = Http::new(context.config.upstreams, context.config.payload_max_bytes, context.store.clock().clone());
        let documents = Documents::new(Arc::clone(&engine), context.config.limits, context.store.clock().clone());
        let executors = Arc::new(Executors::new(context.endpoints.clone(), documents, http));
        let runner = Runner::new(context.clone(), held.clone(), finisher, retries.clone(), executors);

        let slots: BTreeMap<Lane, Arc<Semaphore>> =
            settings.slots.iter().map(|(lane, slots)| (*lane, Arc::new(Semaphore::new((*slots).into())))).collect();
        let manner = |(lane, slots): (&Lane, &Arc<Semaphore>)| {
            let pulled = Manner::Pulled { slots: Arc::clone(slots), pause: settings.pull_pause };
            let pushed = Manner::Pushed { prefetch: settings.slots.get(lane).copied().unwrap_or_default() };
            (*lane, if acknowledges_early(*lane) { pulled } else { pushed })
        };
        let lanes = slots.iter().map(manner).collect();
        let (incoming, consumers) =
            Consumers::start(broker, lanes, &context.worker_id, context.publisher.clone(), &CancellationToken::new());
        // Ends with the consumers.
        tokio::spawn(cancels(held.clone(), incoming.cancels));
        let mut intakes = Vec::with_capacity(slots.len());
        for (lane, deliveries) in incoming.lanes {
            let Some(slots) = slots.get(&lane).map(Arc::clone) else { continue };
            let lane = Intake::new(context.clone(), runner.clone(), lane, slots, tasks.clone(), intake.clone());
            intakes.push(lane.clone());
            tasks.spawn(lane.consume(deliveries));
        }
        tasks.spawn(direct(intakes, consumers.connected(), settings.direct_after, intake.clone()));
        let heartbeat = tokio::spawn(heartbeat(context.clone(), held.clone(), renewing.clone()));
        Self { consumers, intake, renewing, tasks, heartbeat, finisher: finisher_task, retries, stamper, engine }
    }

    /// Takes nothing more, lets attempts end, releases those that do not, and only then lets go of leases and messages.
    async fn drain(self, context: &Context, held: &Held) {
        self.intake.cancel();
        self.consumers.stop_consuming().await;
        self.tasks.close();
        let deadline = context.config.execute.drain;
        if tokio::time::timeout(deadline, self.tasks.wait()).await.is_err() {
            tracing::warn!(in_flight = held.len(), "releasing {} attempts that did not end in time", held.len());
            held.stop_all(StopReason::Drain);
            self.tasks.wait().await;
        }
        held.drained().await;
        self.renewing.cancel();
        let _ended = self.heartbeat.await;
        self.consumers.close().await;
        self.engine.shutdown().await;
        // Every runner is gone with its task, and with them the finisher's callers.
        let _ended = self.finisher.await;
        self.retries.end().await;
        let _ended = self.stamper.await;
    }
}

/// Waits until the schema is there: in a new installation the api is making it at this moment.
async fn wait_for_schema(store: &Store) -> anyhow::Result<()> {
    let deadline = tokio::time::Instant::now() + START_TIMEOUT;
    loop {
        match store.check_schema().await {
            Ok(()) => return Ok(store.synchronize_clock().await?),
            Err(error) if tokio::time::Instant::now() >= deadline => {
                return Err(error).context("the database cannot be used");
            }
            Err(error) => tracing::info!(error = &error as &dyn std::error::Error, "waiting for the database"),
        }
        tokio::time::sleep(START_PAUSE).await;
    }
}

async fn stop_signal() -> std::io::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// The machine's name, for people who read logs.
fn host() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname")
        .map(|name| name.trim().to_owned())
        .ok()
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "worker".to_owned())
}
