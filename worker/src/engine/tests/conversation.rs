//! Both sides against scripted frames: what they send, what they make of what they are sent.

use documents::{
    Engine, Error, GenerateSchemaOptions, Limits, ModelAnswer, ModelRequest, Operation, Output, ParseOptions, Parsed,
    Progress, Stage, Step, Suspended,
};
use serde_json::json;
use tokio::sync::watch;

use super::{BUDGET, start};
use crate::engine::converse::{Conversation, Opening, Talked, converse};
use crate::engine::models::Models;
use crate::engine::protocol::{self, Cost, Header, Order, Part, Refusal, Report, Start};
use crate::engine::serve::{Ending, Pipes, follow, serve};

const BODY_MAX: u64 = 4096;

/// An operation that asks a model so many times more and then answers with what it was told.
#[derive(Debug)]
struct Asking {
    more: u32,
    heard: Vec<String>,
}

impl Suspended for Asking {
    fn resume(mut self: Box<Self>, _: &mut Engine, answer: ModelAnswer) -> Result<Step, Error> {
        self.heard.push(answer.value.to_string());
        if self.more == 0 {
            return Ok(Step::Done(output(self.heard)));
        }
        self.more -= 1;
        Ok(Step::NeedModel(question("and then?"), self))
    }
}

fn question(input: &str) -> ModelRequest {
    ModelRequest { instructions: "answer".to_owned(), input: input.to_owned(), schema: json!({ "type": "integer" }) }
}

fn output(pages: Vec<String>) -> Output {
    Output::Parse(Parsed { media_type: "text/plain".to_owned(), pages })
}

fn frame(header: &impl Header, body: &[u8]) -> Vec<u8> {
    [protocol::encode_head(header, body.len() as u64, u64::MAX).unwrap(), body.to_vec()].concat()
}

fn part(filename: &str, bytes: u64) -> Part {
    Part { filename: filename.to_owned(), media_type: None, bytes }
}

fn answer(value: u32) -> Vec<u8> {
    frame(&Order::ModelAnswer, &serde_json::to_vec(&ModelAnswer { value: json!(value) }).unwrap())
}

fn pipes(input: &[u8]) -> Pipes<&[u8], Vec<u8>> {
    Pipes { input, output: Vec::new(), frame_max_bytes: BODY_MAX }
}

/// What a child has sent.
async fn reports(mut sent: &[u8]) -> Vec<(Report, Vec<u8>)> {
    let mut reports = Vec::new();
    while !sent.is_empty() {
        reports.push(protocol::read(&mut sent, u64::MAX).await.unwrap());
    }
    reports
}

fn asking(more: u32) -> Result<Step, Error> {
    Ok(Step::NeedModel(question("how many?"), Box::new(Asking { more, heard: Vec::new() })))
}

#[tokio::test]
async fn a_child_asks_through_its_parent_and_goes_on_with_each_answer() {
    let script = [answer(1), answer(2)].concat();
    let mut pipes = pipes(&script);
    let ending = follow(&mut Engine::without_models(), asking(1), &mut pipes).unwrap();
    let Ending::Done(done) = ending else { panic!("{ending:?}") };
    assert_eq!(done, output(vec!["1".to_owned(), "2".to_owned()]));
    let asked = [question("how many?"), question("and then?")];
    let asked = asked.map(|question| (Report::NeedModel, serde_json::to_vec(&question).unwrap()));
    assert_eq!(reports(&pipes.output).await, asked);
}

#[test]
fn a_child_whose_question_is_not_answered_forgets_the_document_and_trusts_no_other_frame() {
    let abandon = frame(&Order::Abandon, b"");
    let ending = follow(&mut Engine::without_models(), asking(0), &mut pipes(&abandon)).unwrap();
    assert!(matches!(ending, Ending::Abandoned), "{ending:?}");
    for wrong in [frame(&start("b.txt", 7), b"another"), Vec::new(), frame(&Order::ModelAnswer, b"not json")] {
        follow(&mut Engine::without_models(), asking(0), &mut pipes(&wrong)).unwrap_err();
    }
}

#[test]
fn a_question_that_fits_no_frame_is_a_limit_of_the_document() {
    let step = Step::NeedModel(question(&"x".repeat(5000)), Box::new(Asking { more: 0, heard: Vec::new() }));
    let ending = follow(&mut Engine::without_models(), Ok(step), &mut pipes(b"")).unwrap();
    let Ending::Refused(refusal) = ending else { panic!("{ending:?}") };
    assert_eq!(refusal.code, "document_limit_exceeded");
}

#[tokio::test]
async fn a_child_works_on_one_document_after_the_other_and_says_what_each_has_cost() {
    let limits = Limits { max_pages: 1, ..Limits::default() };
    let limited = Order::Start(Box::new(Start {
        documents: vec![part("b.txt", 7)],
        task: Operation::Parse(ParseOptions::default()),
        limits,
        cpu: BUDGET,
    }));
    let long = "long ".repeat(1000);
    let script = [
        frame(&start("a.txt", 5), b"words"),
        frame(&limited, b"one\x0ctwo"),
        frame(&start("c.txt", 5000), long.as_bytes()),
    ];
    let script = script.concat();
    let mut pipes = Pipes { input: script.as_slice(), output: Vec::new(), frame_max_bytes: 5000 };
    serve(&mut Engine::without_models(), &mut pipes).unwrap();
    let ends: Vec<_> =
        reports(&pipes.output).await.into_iter().filter(|(report, _)| !matches!(report, Report::Progress(_))).collect();
    let [(Report::Done(cost), body), (Report::Refused { refusal, .. }, _), (Report::Refused { refusal: large, .. }, _)] =
        ends.as_slice()
    else {
        panic!("{ends:?}")
    };
    assert!(cost.resident_bytes > 1 << 20, "{cost:?}");
    assert_eq!(serde_json::from_slice::<Output>(body).unwrap(), output(vec!["words".to_owned()]));
    assert_eq!(refusal.code, "document_limit_exceeded");
    assert_eq!(refusal.details, Some(json!({ "limit": "max_pages", "max": 1, "actual": 2 })));
    // Its text is under the cap and its JSON is not.
    assert_eq!(large.code, "document_limit_exceeded");
    assert!(large.message.contains("5000 bytes"), "{}", large.message);
}

#[tokio::test]
async fn a_child_takes_the_documents_of_a_body_apart_by_their_lengths() {
    let limits = Limits { max_pages: 1, ..Limits::default() };
    let two = |first, second| {
        let documents = vec![part("a.txt", first), part("b.txt", second)];
        let task = Operation::GenerateSchema(GenerateSchemaOptions::default());
        Order::Start(Box::new(Start { documents, task, limits, cpu: BUDGET }))
    };
    let script = frame(&two(9, 7), b"Total: 12Name: A");
    let mut heard = pipes(&script);
    serve(&mut Engine::without_models(), &mut heard).unwrap();
    let ends = reports(&heard.output).await;
    let [(Report::Refused { refusal, .. }, _)] = ends.as_slice() else { panic!("{ends:?}") };
    assert_eq!(
        refusal.details,
        Some(json!({ "limit": "max_pages", "max": 1, "actual": 2 })),
        "pages of both documents"
    );
    for (first, second) in [(9, 6), (9, 8), (u64::MAX, 7), (17, 0)] {
        let script = frame(&two(first, second), b"Total: 12Name: A");
        let error = serve(&mut Engine::without_models(), &mut pipes(&script)).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidData, "{first} {second}");
    }
}

/// What a parent makes of these reports, what it has sent, and the progress that it shows.
async fn hear(script: &[u8]) -> (std::io::Result<(Talked, Option<Cost>)>, Vec<u8>, Option<Progress>) {
    let (watch, progress) = watch::channel(None);
    let mut sent = Vec::new();
    let talked = {
        let mut conversation = Conversation { to: &mut sent, from: &mut &*script, frame_max_bytes: BODY_MAX };
        let documents = [&b"first,"[..], b"second"];
        let opening = Opening { head: b"head,", documents: &documents };
        converse(&mut conversation, opening, &Models, &watch).await
    };
    (talked, sent, *progress.borrow())
}

#[tokio::test]
async fn a_parent_shows_progress_and_answers_with_the_result() {
    let at = |done| Progress { stage: Stage::Recognizing, done, total: 9 };
    let cost = Cost { resident_bytes: 7, ..Cost::default() };
    let done = output(vec!["page".to_owned()]);
    let body = serde_json::to_vec(&done).unwrap();
    let script =
        [frame(&Report::Progress(at(1)), b""), frame(&Report::Progress(at(2)), b""), frame(&Report::Done(cost), &body)];
    let (talked, sent, shown) = hear(&script.concat()).await;
    assert_eq!(talked.unwrap(), (Talked::Done(done), Some(cost)));
    assert_eq!((sent.as_slice(), shown), (b"head,first,second".as_slice(), Some(at(2))));

    let refusal = Refusal { code: "document_invalid".to_owned(), message: "no".to_owned(), details: None };
    let refused = Report::Refused { refusal: refusal.clone(), cost };
    let (talked, ..) = hear(&frame(&refused, b"")).await;
    assert_eq!(talked.unwrap(), (Talked::Refused(refusal), Some(cost)));
}

#[tokio::test]
async fn a_parent_without_a_model_tells_its_child_to_forget_the_document() {
    let asked = frame(&Report::NeedModel, &serde_json::to_vec(&question("how many?")).unwrap());
    let (talked, sent, _) = hear(&asked).await;
    assert_eq!(talked.unwrap(), (Talked::Unanswered, None));
    assert_eq!(sent, [b"head,first,second".to_vec(), frame(&Order::Abandon, b"")].concat());
}

#[tokio::test]
async fn a_child_that_breaks_the_rules_is_not_believed() {
    let over = frame(&Report::Done(Cost::default()), &[b' '; 5000]);
    let nonsense = frame(&Report::NeedModel, b"no question");
    let order = frame(&Order::Abandon, b"");
    for script in [over, nonsense, order, vec![0xff; 64]] {
        let (talked, ..) = hear(&script).await;
        assert_eq!(talked.unwrap_err().kind(), std::io::ErrorKind::InvalidData);
    }
    let (talked, ..) = hear(b"").await;
    assert_eq!(talked.unwrap_err().kind(), std::io::ErrorKind::UnexpectedEof);
}
