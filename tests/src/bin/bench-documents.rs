//! What reading documents costs. `make bench ARGS=documents` runs it on release builds, on documents that the generator of
//! `make quality` has made.
//!
//! Four parts. Text PDFs in this process: the engine's parse against the interpreter alone, with a device that draws
//! nothing. Scanned pages in this process: reading the file against one detection and one reading of its lines. The same
//! text PDFs through `quire-worker run`, in one child, against `pdftotext -layout`, which is a process for
//! each file: the child is started once for all of them, and its start counts. A document of 1,000 pages of text, and a
//! scan of 200 pages: the most memory that the child has had.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::Parser;
use documents::{Engine, Limits, Operation, ParseOptions, Source, Step};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, DummyDevice, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use nix::time::{ClockId, clock_gettime};
use serde_json::json;
use tests::{models_dir, report};

/// The engine's parse may cost this many times what the interpreter costs: the other way round, 0.6.
const LEAST_SHARE_OF_INTERPRETER: f64 = 0.6;
/// Pages per second through the child by those of pdftotext.
const LEAST_SHARE_OF_PDFTOTEXT: f64 = 1.0;
/// Peak of a child over the text of 1,000 pages, and over a scan of 200, in MiB.
const MOST_MEMORY: [(&str, u64); 2] = [("text-1000.pdf", 400), ("scan-200.pdf", 700)];
/// What recognition of a page may cost, in detections and readings of the same page as it lies.
const MOST_OF_RECOGNITION: f64 = 1.3;
/// How many scanned pages are recognised.
const RECOGNIZED: usize = 8;
/// How often a running child's peak is read.
const LOOK: Duration = Duration::from_millis(20);

/// Measures what reading documents costs.
#[derive(Parser)]
struct Arguments {
    /// Where the generator has written: text PDFs in folders, long documents in `long`.
    #[arg(long)]
    place: PathBuf,
    /// How often the text PDFs are read; the least time counts.
    #[arg(long, default_value_t = 10)]
    rounds: u32,
    /// Leaves out what is scanned, which takes minutes.
    #[arg(long)]
    no_scan: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let texts: Vec<PathBuf> = ["text", "columns", "ruled", "unruled"]
        .iter()
        .flat_map(|folder| files(&arguments.place.join(folder), &["pdf"]))
        .chain([arguments.place.join("long/text-1000.pdf")])
        .collect();
    interpreter(&texts, arguments.rounds);
    if !arguments.no_scan {
        recognition(&arguments.place.join("scan"));
    }
    let work = arguments.place.join("requests");
    fs::create_dir_all(&work).expect("requests can be written");
    child(&texts, &work, arguments.rounds);
    for (name, most) in MOST_MEMORY {
        if !(arguments.no_scan && name.starts_with("scan")) {
            memory(&arguments.place.join("long").join(name), &work, most);
        }
    }
}

/// The files of a folder with one of these extensions, in order.
fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted)));
    files.sort();
    files
}

/// The engine in this process against the interpreter in this process, by CPU time.
fn interpreter(files: &[PathBuf], rounds: u32) {
    let documents: Vec<Vec<u8>> = files.iter().map(|path| fs::read(path).expect("a document can be read")).collect();
    let mut engine = Engine::without_models();
    let limits = Limits::default();
    let operation = Operation::Parse(ParseOptions::default());
    let mut parse = |bytes: &[u8]| {
        let source = Source { bytes, filename: "document.pdf", media_type: None };
        let step = engine
            .start(&operation, std::slice::from_ref(&source), &limits, &mut |_| ())
            .expect("a text PDF can be read");
        assert!(matches!(step, Step::Done(_)), "parsing needs no model");
    };
    let (mut parsed, mut bare, mut pages) = (Duration::ZERO, Duration::ZERO, 0);
    for bytes in &documents {
        // In turns, document by document, so that a slow moment of the machine falls on both or is not the least.
        let mut least = (Duration::MAX, Duration::MAX);
        for _ in 0..rounds {
            let start = thread_time();
            parse(bytes);
            let between = thread_time();
            let count = interpret(bytes);
            least = (least.0.min(between - start), least.1.min(thread_time() - between));
            pages += count;
        }
        parsed += least.0;
        bare += least.1;
    }
    let share = bare.as_secs_f64() / parsed.as_secs_f64();
    report(format_args!("{} text PDFs, {} pages, least of {rounds} rounds", files.len(), pages / rounds));
    report(format_args!(
        "  interpreter alone {:.3} CPU s, engine {:.3} CPU s",
        bare.as_secs_f64(),
        parsed.as_secs_f64()
    ));
    verdict("  engine against the interpreter alone", share, LEAST_SHARE_OF_INTERPRETER);
}

/// Reading a scanned page against one detection and the reading of what it finds, by CPU time.
fn recognition(folder: &Path) {
    let directory = models_dir();
    let mut engine = Engine::new(Box::new(move |name| fs::read(Path::new(&directory).join(name))));
    let operation = Operation::Parse(ParseOptions::default());
    let limits = Limits::default();
    let mut scans = files(folder, &["jpg", "png", "tif"]);
    scans.truncate(RECOGNIZED);
    let (mut whole, mut bare, mut characters) = (Duration::ZERO, Duration::ZERO, 0);
    for (index, path) in scans.iter().enumerate() {
        let bytes = fs::read(path).expect("a document can be read");
        let picture = image::load_from_memory(&bytes).expect("a scan is a picture").to_rgb8();
        if index == 0 {
            // Loads the networks, whose cost is none of the page's.
            engine.recognize_bare(&picture).expect("`make models` fetches the networks");
        }
        // The networks run on a thread of their own.
        let before = cpu(UsageWho::RUSAGE_SELF);
        characters += engine.recognize_bare(&picture).expect("the networks are loaded");
        let between = cpu(UsageWho::RUSAGE_SELF);
        let source = Source { bytes: &bytes, filename: "scan", media_type: None };
        engine.start(&operation, std::slice::from_ref(&source), &limits, &mut |_| ()).expect("a scan can be read");
        bare += between.saturating_sub(before);
        whole += cpu(UsageWho::RUSAGE_SELF).saturating_sub(between);
    }
    let ratio = whole.as_secs_f64() / bare.as_secs_f64();
    let holds = if ratio <= MOST_OF_RECOGNITION { "holds" } else { "FAILED" };
    report(format_args!("{} scanned pages, {characters} characters", scans.len()));
    report(format_args!(
        "  detection and reading {:.1} CPU s, recognition {:.1} CPU s: {ratio:.2} x, at most {MOST_OF_RECOGNITION}: {holds}",
        bare.as_secs_f64(),
        whole.as_secs_f64()
    ));
}

/// Interprets all pages and draws none; answers how many there are.
fn interpret(bytes: &[u8]) -> u32 {
    let pdf = Pdf::new(bytes.to_vec()).expect("a text PDF can be opened");
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let upright = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(upright, bounds, &cache, page.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut DummyDevice);
    }
    u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX)
}

/// All documents through one child, against a pdftotext for each.
fn child(files: &[PathBuf], work: &Path, rounds: u32) {
    let requests: Vec<PathBuf> = files.iter().map(|file| request(file, work)).collect();
    let through = (0..rounds).map(|_| timed(|| wait_well(&mut run(&requests)))).min().unwrap_or_default();
    let poppler =
        (0..rounds).map(|_| timed(|| files.iter().for_each(|file| pdftotext(file)))).min().unwrap_or_default();
    report(format_args!("{} documents, one child, against pdftotext -layout for each; least of {rounds}", files.len()));
    for (name, (wall, cpu)) in [("through the child", through), ("pdftotext", poppler)] {
        report(format_args!("  {name}: {:.3} s, {:.3} CPU s", wall.as_secs_f64(), cpu.as_secs_f64()));
    }
    verdict("  by wall time", poppler.0.as_secs_f64() / through.0.as_secs_f64(), LEAST_SHARE_OF_PDFTOTEXT);
    report(format_args!("  by CPU time {:.2} x", poppler.1.as_secs_f64() / through.1.as_secs_f64()));
    let long = files.last().into_iter().cloned().collect::<Vec<_>>();
    let (alone, _) = timed(|| wait_well(&mut run(&requests[requests.len() - 1..])));
    let (reference, _) = timed(|| long.iter().for_each(|file| pdftotext(file)));
    report(format_args!("1,000 pages alone: {:.3} s, pdftotext {:.3} s", alone.as_secs_f64(), reference.as_secs_f64()));
}

/// Writes the request that carries a file.
fn request(file: &Path, work: &Path) -> PathBuf {
    let bytes = fs::read(file).expect("a document can be read");
    let name = file.file_name().and_then(|name| name.to_str()).expect("a document has a name");
    let url = format!("data:application/pdf;base64,{}", STANDARD.encode(bytes));
    let path = work.join(format!("{name}.json"));
    fs::write(&path, json!({"document": {"filename": name, "url": url}}).to_string())
        .expect("a request can be written");
    path
}

/// `quire-worker run` of the requests, with one child.
fn run(requests: &[PathBuf]) -> std::process::Child {
    let this = std::env::current_exe().expect("this program has a path");
    let mut command = Command::new(this.with_file_name("quire-worker"));
    command.args(["run", "/v1/documents/parse"]).env("QUIRE_ENGINE_PROCESSES", "1");
    requests.iter().for_each(|request| {
        command.arg("--request").arg(request);
    });
    command.stdout(Stdio::null()).spawn().expect("quire-worker can be started")
}

fn wait_well(child: &mut std::process::Child) {
    let status = child.wait().expect("a child can be waited for");
    assert!(status.success(), "quire-worker run ended with {status}");
}

fn pdftotext(file: &Path) {
    let status = Command::new("pdftotext").arg("-layout").arg(file).arg("-").stdout(Stdio::null()).status();
    assert!(status.expect("pdftotext can be started").success(), "pdftotext reads {}", file.display());
}

/// The most memory that the child has had over one document.
fn memory(file: &Path, work: &Path, most: u64) {
    let began = Instant::now();
    let mut running = run(&[request(file, work)]);
    let mut peak = 0;
    while running.try_wait().expect("a child can be waited for").is_none() {
        peak = peak.max(children_of(running.id()).into_iter().map(peak_of).max().unwrap_or_default());
        std::thread::sleep(LOOK);
    }
    wait_well(&mut running);
    let holds = if peak >> 20 <= most { "holds" } else { "FAILED" };
    let name = file.file_name().unwrap_or_default().display();
    report(format_args!(
        "{name}: {} MiB of a child, at most {most}: {holds}; {:.0} s",
        peak >> 20,
        began.elapsed().as_secs_f64()
    ));
}

/// Processes whose parent this is.
fn children_of(parent: u32) -> Vec<u32> {
    let pids = fs::read_dir("/proc").expect("processes are shown under /proc");
    let pids = pids.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let parent_of = |pid: u32| {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        text.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
    };
    pids.filter(|pid| parent_of(*pid) == Some(parent)).collect()
}

/// The kernel's `VmHWM`, in bytes.
fn peak_of(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    peak.unwrap_or(0_u64) * 1024
}

/// Wall time and the CPU time of the processes that the work has started and waited for.
fn timed(work: impl FnOnce()) -> (Duration, Duration) {
    let (began, before) = (Instant::now(), cpu(UsageWho::RUSAGE_CHILDREN));
    work();
    (began.elapsed(), cpu(UsageWho::RUSAGE_CHILDREN).saturating_sub(before))
}

fn cpu(who: UsageWho) -> Duration {
    let usage = getrusage(who).expect("the system counts CPU time");
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}

/// The CPU time of this thread; finer than what `getrusage` tells of it, which is in ticks.
fn thread_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).expect("the system counts CPU time").into()
}

fn verdict(name: &str, value: f64, least: f64) {
    let holds = if value >= least { "holds" } else { "FAILED" };
    report(format_args!("{name}: {value:.2} x, at least {least}: {holds}"));
}
