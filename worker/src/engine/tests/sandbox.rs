//! The sandbox holds the thread that enters it, so each of these enters it in a thread of its own.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::UnixStream;
use std::os::unix::process::parent_id;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::engine::sandbox;

/// A folder with a file in it.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("quire-sandbox-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("weights"), b"weights").unwrap();
    folder
}

fn inside<T: Send + 'static>(models: Option<&Path>, work: impl FnOnce() -> T + Send + 'static) -> T {
    let models = models.map(Path::to_owned);
    let thread = thread::spawn(move || {
        sandbox::enter(models.as_deref()).unwrap();
        work()
    });
    thread.join().unwrap()
}

fn kind<T>(result: std::io::Result<T>) -> Option<ErrorKind> {
    result.err().map(|error| error.kind())
}

#[test]
fn there_is_no_network() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let denied = inside(None, move || {
        [
            kind(TcpStream::connect(address)),
            kind(TcpListener::bind("127.0.0.1:0")),
            kind(UdpSocket::bind("127.0.0.1:0")),
            kind(UnixStream::pair()),
            // One that was open before takes nobody in.
            kind(listener.accept()),
        ]
    });
    assert_eq!(denied, [Some(ErrorKind::PermissionDenied); 5]);
}

#[test]
fn there_is_no_other_program_and_no_other_process() {
    let (program, signal, exists) = inside(None, || {
        let itself = Pid::from_raw(i32::try_from(std::process::id()).unwrap());
        (kind(Command::new("/proc/self/exe").arg("--help").spawn()), kill(itself, Signal::SIGTERM), kill(itself, None))
    });
    assert_eq!(program, Some(ErrorKind::PermissionDenied));
    assert_eq!((signal, exists), (Err(nix::Error::EPERM), Err(nix::Error::EPERM)));
}

#[test]
fn files_are_read_among_the_models_only_and_never_written() {
    let (models, elsewhere) = (folder("models"), folder("elsewhere"));
    let (inner, outer) = (models.join("weights"), elsewhere.join("weights"));
    let (read, foreign, environment, written, made, removed) = inside(Some(&models), move || {
        (
            fs::read(&inner).ok(),
            kind(File::open(&outer)),
            kind(fs::read(format!("/proc/{}/environ", parent_id()))),
            kind(File::options().append(true).open(&inner)),
            kind(File::create(inner.with_file_name("new"))),
            kind(fs::remove_file(&inner)),
        )
    });
    for folder in [models, elsewhere] {
        fs::remove_dir_all(folder).unwrap();
    }
    assert_eq!(read.as_deref(), Some(b"weights".as_slice()));
    assert_eq!([written, made, removed], [Some(ErrorKind::PermissionDenied); 3]);
    // What the filter cannot do: kernels before 5.13 have nothing that could.
    if landlock_is_here() {
        assert_eq!([foreign, environment], [Some(ErrorKind::PermissionDenied); 2]);
    } else {
        assert_eq!(foreign, None);
    }
}

/// By the kernel's own word: its list of security modules, or the call itself where that list is not mounted.
fn landlock_is_here() -> bool {
    use landlock::{ABI, Access as _, AccessFs, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _};
    let strict = Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
    strict.handle_access(AccessFs::from_all(ABI::V1)).and_then(Ruleset::create).is_ok()
}

#[test]
fn threads_memory_and_panics_go_on() {
    let (sum, panicked, names) = inside(None, || {
        let sum = thread::scope(|scope| {
            let parts: Vec<_> =
                (0..4_u64).map(|part| scope.spawn(move || vec![part; 1 << 20].iter().sum::<u64>())).collect();
            parts.into_iter().map(|part| part.join().unwrap()).sum::<u64>()
        });
        let panicked = thread::spawn(|| panic!("as a parser may")).join().is_err();
        let named = thread::Builder::new().name("named".to_owned()).spawn(|| ()).unwrap().join();
        (sum, panicked, named.is_ok())
    });
    assert_eq!(sum, 6 << 20);
    assert!(panicked && names);
}
