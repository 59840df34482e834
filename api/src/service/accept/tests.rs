use shared::domain::{Lane, OrganizationId};
use shared::store::jobs::{AcceptOutcome, Accepted, Body, Record};
use shared::store::outbox::Window;
use tokio::sync::oneshot;

use super::batch::Batch;
use super::*;
use crate::testing::unreachable_store;

const RULES: AcceptRules = AcceptRules {
    retention: Duration::from_secs(86_400),
    window: Window { most: 200, per_slot: 1 },
    hold: Duration::from_secs(2),
};

fn config(queue: usize, deadline: Duration) -> AcceptConfig {
    AcceptConfig { batch: 8, batch_bytes: 1 << 20, writers: 2, queue, deadline, rules: RULES }
}

fn job(request_bytes: usize) -> NewJob {
    NewJob {
        id: JobId::generate(1),
        organization: OrganizationId::generate(1),
        endpoint: "/v1/documents/parse".into(),
        lane: Lane::Batch,
        limited: false,
        max_attempts: 5,
        idempotency: None,
        request: Body::in_row(vec![0; request_bytes], 1),
        metadata: None,
        record: Record::default(),
        extraction_id: None,
        traceparent: None,
        delay: Duration::ZERO,
        run_at: None,
    }
}

type Reply = oneshot::Receiver<Result<Answer, AcceptError>>;

fn member(job: NewJob, deadline: Instant) -> (Member, Reply) {
    let (reply, answer) = oneshot::channel();
    (Member::new(job, deadline, reply), answer)
}

/// A batch of `count` jobs, their ids, and where their answers come.
fn batch(count: usize, deadline: Instant) -> (Batch, Vec<JobId>, Vec<Reply>) {
    let mut batch = Batch::default();
    let mut ids = Vec::new();
    let mut replies = Vec::new();
    for _ in 0..count {
        let job = job(1);
        ids.push(job.id);
        let (member, reply) = member(job, deadline);
        batch.push(member);
        replies.push(reply);
    }
    (batch, ids, replies)
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(60)
}

#[tokio::test]
async fn without_a_database_a_job_is_given_up_at_its_deadline() {
    let closing = CancellationToken::new();
    let (accept, writers) = AcceptQueue::start(&unreachable_store(), config(4, Duration::from_millis(200)), &closing);
    let began = Instant::now();
    assert_eq!(accept.accept(job(1)).await, Err(AcceptError::Unavailable));
    assert!(began.elapsed() >= Duration::from_millis(200));

    closing.cancel();
    for writer in writers {
        writer.await.unwrap();
    }
}

#[tokio::test]
async fn a_full_queue_refuses_at_once_and_what_it_held_is_still_answered() {
    let closing = CancellationToken::new();
    let mut one_writer = config(2, Duration::from_millis(500));
    one_writer.writers = 1;
    one_writer.batch = 1;
    let (accept, _writers) = AcceptQueue::start(&unreachable_store(), one_writer, &closing);
    let submits = (0..8).map(|_| {
        let accept = accept.clone();
        tokio::spawn(async move { accept.accept(job(1)).await })
    });
    let answers: Vec<_> = futures_util::future::join_all(submits).await.into_iter().map(Result::unwrap).collect();
    assert!(answers.contains(&Err(AcceptError::Full)), "{answers:?}");
    assert!(answers.iter().filter(|answer| **answer == Err(AcceptError::Unavailable)).count() >= 2, "{answers:?}");
}

#[tokio::test]
async fn a_batch_ends_at_its_caps_and_nothing_is_left_behind() {
    let closing = CancellationToken::new();
    let (members, arriving) = mpsc::channel(16);
    let mut intake = Intake::new(arriving, 3, 100_000);
    // By number: 3 and 2. Then by bytes: 60 kB alone, because the next does not fit, and the rest.
    for bytes in [1, 1, 1, 1, 60_000, 60_000, 1] {
        members.try_send(member(job(bytes), soon()).0).unwrap();
    }
    closing.cancel();
    let mut sizes = Vec::new();
    while let Some(batch) = intake.next_batch(&closing).await {
        sizes.push(batch.len());
    }
    assert_eq!(sizes, [3, 2, 2]);
    assert!(members.try_send(member(job(1), soon()).0).is_err(), "the queue is closed");
}

#[tokio::test]
async fn an_answer_is_for_its_own_job_and_an_unseen_one_stays() {
    let (mut batch, ids, mut replies) = batch(3, soon());
    let other = JobId::generate(2);
    batch.settle(vec![
        Accepted { submitted: ids[2], outcome: AcceptOutcome::Mismatch(other) },
        Accepted { submitted: ids[1], outcome: AcceptOutcome::Unseen },
        Accepted { submitted: ids[0], outcome: AcceptOutcome::Replayed(other) },
    ]);
    assert_eq!(replies[0].try_recv(), Ok(Ok(Answer::Replayed(other))));
    assert_eq!(replies[2].try_recv(), Ok(Ok(Answer::Mismatch(other))));
    assert!(replies[1].try_recv().is_err());
    assert_eq!(batch.jobs().iter().map(|job| job.id).collect::<Vec<_>>(), [ids[1]]);
}

#[tokio::test]
async fn a_try_that_may_have_been_committed_is_not_called_a_failure() {
    let (mut certain, _, mut certain_replies) = batch(1, Instant::now());
    certain.expire(Instant::now());
    assert_eq!(certain_replies[0].try_recv(), Ok(Err(AcceptError::Unavailable)));

    let (mut doubtful, _, mut replies) = batch(2, Instant::now());
    doubtful.mark_ambiguous();
    let half = doubtful.split_half();
    doubtful.expire(Instant::now());
    assert_eq!(replies[0].try_recv(), Ok(Err(AcceptError::OutcomeUnknown)));
    half.fail(AcceptError::Failed);
    assert_eq!(replies[1].try_recv(), Ok(Err(AcceptError::OutcomeUnknown)));
}

#[tokio::test]
async fn a_waiter_that_went_away_changes_nothing_for_the_others() {
    let (mut batch, ids, mut replies) = batch(2, soon());
    drop(replies.remove(0));
    let outcome = AcceptOutcome::Replayed(ids[0]);
    batch.settle(ids.iter().map(|id| Accepted { submitted: *id, outcome: outcome.clone() }).collect());
    assert_eq!(replies[0].try_recv(), Ok(Ok(Answer::Replayed(ids[0]))));
    assert!(batch.is_empty());
}
